/** The guided Assume Role: the role's policies with everything typed so far in place, kept up as one types. */
import { call, Problem } from './api.js';
import { snippet, pretty } from './snippets.js';
import { Tabs } from './tabs.js';

/** Typing pauses for so long before the service is asked. */
const PAUSE_MS = 350;
const WHOLE_ARN = /^arn:[a-z-]+:iam::\d{12}:role\/\S+$/;

/** @param {Record<string, any>} parts of the form */
export function Guide(parts) {
  const tabs = Tabs('Ways to create the role', ['JSON', 'CloudFormation', 'Terraform', 'AWS CLI']);
  let pause = 0;
  let asked = '';
  let running = new AbortController();
  parts['guide-tabs'].append(tabs.root);

  /** @param {any} draft what has been typed */
  function update(draft) {
    clearTimeout(pause);
    const missing = missingIn(draft);
    if (missing.length > 0) {
      asked = '';
      running.abort();
      parts['guide-tabs'].hidden = true;
      hint(`Enter ${listed(missing)}, and the role's policies appear here, ready to paste.`);
      return;
    }
    const question = questionFrom(draft);
    if (JSON.stringify(question) !== asked) pause = setTimeout(() => ask(question), PAUSE_MS);
  }

  async function ask(question) {
    running.abort();
    running = new AbortController();
    const signal = running.signal;
    asked = JSON.stringify(question);
    try {
      const { body } = await call('POST', '/v1/policies', { body: question, signal });
      if (!signal.aborted) show(body);
    } catch (problem) {
      if (signal.aborted) return;
      asked = '';
      parts['guide-tabs'].hidden = true;
      const first = problem instanceof Problem && (problem.errors[0]?.message || problem.message);
      hint(`The role's policies appear here once the fields above are right. ${first || ''}`);
    }
  }

  function show(policies) {
    const [json, cloudFormation, terraform, cli] = tabs.panels;
    json.replaceChildren(
      snippet('Trust policy', pretty(policies.trustPolicy), 'trust-policy.json'),
      snippet('Permissions policy', pretty(policies.permissionsPolicy), 'permissions-policy.json'));
    cloudFormation.replaceChildren(snippet('CloudFormation template', policies.cloudFormation, 'sea-role.yaml'));
    terraform.replaceChildren(snippet('Terraform configuration', policies.terraform, 'sea-role.tf'));
    cli.replaceChildren(snippet('AWS CLI commands', policies.awsCli, 'create-sea-role.sh'));
    parts['guide-tabs'].hidden = false;
    hint('Create the role in the AWS account that owns the bucket, in one of these ways. Its name must start with '
      + `${parts['role-prefix'].textContent}. Then enter its ARN above.`);
  }

  function hint(text) {
    // Not written again while one types, or a screen reader would read it out at each key.
    if (parts['guide-hint'].textContent !== text) parts['guide-hint'].textContent = text;
  }

  return { update };
}

function missingIn({ target = {}, access = {} }) {
  return [[target.region, 'Region'], [target.bucket, 'Bucket'], [access.externalId, 'External ID']]
    .filter(([value]) => !value).map(([, label]) => label);
}

/** An ARN that is still being typed is left out: a name is proposed then. */
function questionFrom({ target, access, sessionMetadata }) {
  const roleArn = WHOLE_ARN.test(access.roleArn || '') ? { roleArn: access.roleArn } : {};
  return { target, access: { method: 'ASSUME_ROLE', externalId: access.externalId, ...roleArn }, sessionMetadata };
}

function listed(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
