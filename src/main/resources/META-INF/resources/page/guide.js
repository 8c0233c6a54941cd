/** What to create in AWS: the role with its policies, or the user's permissions policy. */
import { element } from './dom.js';
import { Policies } from './policies.js';
import { snippet, pretty } from './snippets.js';
import { Tabs } from './tabs.js';

const WHOLE_ARN = /^arn:[a-z-]+:iam::\d{12}:role\/\S+$/;
/** The API writes policies for roles only. A user needs the same permissions policy, and no trust policy to hold an ID. */
const NO_EXTERNAL_ID = 'not-used';

/** Written for people who do this once a year. */
const STEPS = {
  JSON: 'In the AWS console: IAM, Roles, Create role, Custom trust policy. Paste the trust policy and name the role. Then add '
    + 'the permissions policy to it as an inline policy.',
  CloudFormation: 'In the AWS console: CloudFormation, Create stack, upload this file. The stack’s outputs have the ARN.',
  Terraform: 'Apply it with the AWS provider for that account. The outputs have the ARN.',
  'AWS CLI': 'In the AWS console: open CloudShell and paste. The first command prints the ARN.',
};

/** @param {Record<string, any>} parts of the form */
export function Guide(parts) {
  const tabs = Tabs('Ways to create the role', Object.keys(STEPS));
  parts['guide-tabs'].append(tabs.root);

  const ofRole = Policies(parts['guide-hint'], parts['guide-tabs'], {
    purpose: 'the role’s policies appear',
    advice: () => 'Create the role in the AWS account that owns the bucket, in one of these ways, and enter its ARN above. '
      + `Its name must start with ${parts['role-prefix'].textContent}.`,
    needs: draft => [...placeOf(draft), [draft.access?.externalId, 'External ID']],
    question: ({ target, access, sessionMetadata }) =>
      ({ target, sessionMetadata, access: { method: 'ASSUME_ROLE', externalId: access.externalId, ...arnOf(access) } }),
    show: showRole,
  });

  const ofUser = Policies(parts['user-hint'], parts['user-policy'], {
    purpose: 'the user’s permissions policy appears',
    advice: () => 'Attach this policy to the IAM user that owns the access key, unless the user already has these permissions.',
    needs: placeOf,
    question: ({ target, sessionMetadata }) =>
      ({ target, sessionMetadata, access: { method: 'ASSUME_ROLE', externalId: NO_EXTERNAL_ID } }),
    show: ({ permissionsPolicy }) => parts['user-policy'].replaceChildren(
      snippet('User permissions policy', pretty(permissionsPolicy), 'permissions-policy.json')),
  });

  function showRole(policies) {
    const ways = [
      [snippet('Trust policy', pretty(policies.trustPolicy), 'trust-policy.json'),
        snippet('Permissions policy', pretty(policies.permissionsPolicy), 'permissions-policy.json')],
      [snippet('CloudFormation template', policies.cloudFormation, 'sea-role.yaml')],
      [snippet('Terraform configuration', policies.terraform, 'sea-role.tf')],
      [snippet('AWS CLI commands', policies.awsCli, 'create-sea-role.sh')],
    ];
    Object.values(STEPS).forEach((steps, at) =>
      tabs.panels[at].replaceChildren(element('p', { class: 'hint' }, steps), ...ways[at]));
  }

  /** @param {any} draft what the user has entered */
  function update(draft) {
    (draft.access?.method === 'ASSUME_ROLE' ? ofRole : ofUser).update(draft);
  }

  return { update };
}

/** @returns {Array<[unknown, string]>} */
function placeOf({ target = {} }) {
  return [[target.region, 'Region'], [target.bucket, 'Bucket']];
}

/** Leaves out an ARN that is not complete yet: the service then proposes a role name. */
function arnOf({ roleArn = '' }) {
  return WHOLE_ARN.test(roleArn) ? { roleArn } : {};
}
