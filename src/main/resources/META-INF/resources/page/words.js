/** The API's codes in the words of a person who sets up a bucket, not of one who knows IAM by heart. */

export const METHODS = { ASSUME_ROLE: 'Assume Role', ACCESS_CREDENTIAL: 'Access Credential' };
export const STATES = { ACTIVE: 'Active', INACTIVE: 'Inactive' };

/** Health and report statuses: what to call them, and which of the page's tones they have. */
export const STATUSES = {
  HEALTHY: { label: 'Healthy', tone: 'good' },
  DEGRADED: { label: 'Degraded', tone: 'wait' },
  UNHEALTHY: { label: 'Unhealthy', tone: 'bad' },
  PROPAGATING: { label: 'Waiting for AWS', tone: 'wait' },
  UNKNOWN: { label: 'Not known', tone: 'none' },
};

export const OUTCOMES = {
  PASSED: { label: 'Passed', tone: 'good', mark: '✓' },
  FAILED: { label: 'Failed', tone: 'bad', mark: '✕' },
  WARNING: { label: 'Warning', tone: 'wait', mark: '!' },
  UNKNOWN: { label: 'Not known', tone: 'none', mark: '?' },
  SKIPPED: { label: 'Not tried', tone: 'none', mark: '–' },
};

/** In the order of a validation. Both methods have each check unless ONLY says otherwise. */
const CHECKS = {
  credentials: 'The credentials work',
  'external-id-enforced': 'The role demands the external ID',
  bucket: 'The bucket is there, in this Region',
  list: 'List the bucket',
  put: 'Write an object',
  get: 'Read an object',
  tagging: 'Read object tags',
  kms: 'Use the encryption key',
  'least-privilege': 'No more rights than needed',
};
const ONLY = { 'external-id-enforced': 'ASSUME_ROLE', 'least-privilege': 'ACCESS_CREDENTIAL' };

const DENIERS = {
  TRUST_POLICY_DENIED: "Refused by the role's trust policy, or there is no such role",
  EXTERNAL_ID_NOT_ENFORCED: "The role's trust policy lets anybody in who knows the role",
  IDENTITY_POLICY_MISSING: 'Refused because no policy of the role or user allows it',
  PERMISSIONS_BOUNDARY_DENIED: 'Refused by a permissions boundary',
  SERVICE_CONTROL_POLICY_DENIED: 'Refused by a service control policy of your AWS organization',
  EXPLICIT_DENY: 'Refused by a Deny in a policy of the role or user',
  BUCKET_POLICY_DENIED: 'Refused by the bucket policy',
  ACCESS_DENIED: 'Refused by AWS, which does not say by which policy',
  KMS_DENIED: 'Refused because no policy of the role or user allows it with this key',
  KMS_KEY_POLICY_DENIED: 'Refused by the policy of the encryption key',
  KMS_KEY_UNUSABLE: 'The encryption key is disabled or about to be deleted',
  SESSION_POLICY_DENIED: 'Refused by a mistake of SEA, not of yours',
};

/** @param {string} id of a check */
export function checkName(id) {
  return CHECKS[id] || id;
}

/** @param {string | undefined} code @returns {string} empty where nobody denied anything */
export function denier(code) {
  return (code && DENIERS[code]) || '';
}

/** The names of the checks that a test of this method will make. @param {string} method */
export function expectedChecks(method) {
  return Object.keys(CHECKS).filter(id => !ONLY[id] || ONLY[id] === method).map(checkName);
}
