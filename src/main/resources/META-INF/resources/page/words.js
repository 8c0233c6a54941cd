/** Plain words for the API's codes. Readers set up a bucket and need not know IAM by heart. */

export const METHODS = { ASSUME_ROLE: 'Assume Role', ACCESS_CREDENTIAL: 'Access Credential' };
export const STATES = { ACTIVE: 'Active', INACTIVE: 'Inactive' };

/** Health and report statuses: the label, and the tone, which sets the colour. */
export const STATUSES = {
  HEALTHY: { label: 'Healthy', tone: 'good' },
  DEGRADED: { label: 'Degraded', tone: 'wait' },
  UNHEALTHY: { label: 'Unhealthy', tone: 'bad' },
  PROPAGATING: { label: 'Waiting for AWS', tone: 'wait' },
  UNKNOWN: { label: 'Unknown', tone: 'none' },
  STALE: { label: 'Not checked lately', tone: 'wait' },
};

/** Why an integration cannot take recordings. */
export const NOT_READY = {
  GONE: 'it no longer exists',
  NOT_ACTIVE: 'it is not active',
  NEVER_PROVED: 'it has not been checked yet',
  STALE: 'it has not been checked lately',
  UNHEALTHY: 'its last tests failed',
};

export const OUTCOMES = {
  PASSED: { label: 'Passed', tone: 'good', mark: '✓' },
  FAILED: { label: 'Failed', tone: 'bad', mark: '✕' },
  WARNING: { label: 'Warning', tone: 'wait', mark: '!' },
  UNKNOWN: { label: 'Unknown', tone: 'none', mark: '?' },
  SKIPPED: { label: 'Skipped', tone: 'none', mark: '–' },
};

/** In the order of a validation. Both methods have each check unless ONLY says otherwise. */
const CHECKS = {
  credentials: 'The credentials work',
  'external-id-enforced': 'The role requires the external ID',
  bucket: 'The bucket exists in this Region',
  list: 'List the bucket',
  put: 'Write an object',
  get: 'Read an object',
  tagging: 'Read object tags',
  presigned: 'Read by a presigned URL',
  kms: 'Use the encryption key',
  'least-privilege': 'No more permissions than needed',
  'earlier-recordings': 'Read earlier recordings',
};
const ONLY = {
  'external-id-enforced': 'ASSUME_ROLE',
  'least-privilege': 'ACCESS_CREDENTIAL',
  'earlier-recordings': 'after a change of target',
};

const DENIERS = {
  TRUST_POLICY_DENIED: "Denied by the role's trust policy, or the role does not exist",
  EXTERNAL_ID_NOT_ENFORCED: "The role's trust policy does not require the external ID",
  IDENTITY_POLICY_MISSING: 'Denied because no policy of the role or user allows it',
  PERMISSIONS_BOUNDARY_DENIED: 'Denied by a permissions boundary',
  SERVICE_CONTROL_POLICY_DENIED: 'Denied by a service control policy of your AWS organization',
  EXPLICIT_DENY: 'Denied by an explicit Deny in a policy of the role or user',
  BUCKET_POLICY_DENIED: 'Denied by the bucket policy',
  ACCESS_DENIED: 'Denied by AWS, which does not say by which policy',
  KMS_DENIED: 'Denied the use of the encryption key',
  KMS_KEY_POLICY_DENIED: 'Denied by the key policy of the encryption key',
  KMS_KEY_UNUSABLE: 'The encryption key is disabled or scheduled for deletion',
  INVALID_ACCESS_KEY: 'AWS does not know this access key, or does not know it yet',
  GUESSABLE_EXTERNAL_ID: 'The external ID is easy to guess',
  EARLIER_RECORDINGS_UNREACHABLE: 'Recordings from before a change of target cannot be played',
  SERVICE_FAULT: 'A fault in SEA, not in your setup',
  STORED_KEY_GONE: 'The access key is gone from SEA: a fault in SEA, not in your setup. Enter it again',
  SESSION_POLICY_DENIED: "Denied by SEA's own session policy: a mistake in SEA, not in your setup",
};

/** What recommendations are about, within a sentence. */
const TOPICS = {
  NOT_VERSIONED: 'no versions kept',
  EXPIRES: 'recordings expire',
  NO_BUCKET_KEY: 'no Bucket Key',
  KEY_CHANGED: 'encryption key changed',
  PUBLIC_OBJECTS: 'public objects',
  PUBLIC_LISTING: 'public list',
  PLAYBACK_CORS_MISSING: 'playback blocked by CORS',
  OVERLAP: 'shared folder',
  GUESSABLE_EXTERNAL_ID: 'guessable external ID',
};

/** What the JSON of a recommendation is, by its code. */
const CONFIGURATIONS = {
  NOT_VERSIONED: 'Versioning configuration',
  EXPIRES: 'Lifecycle rule',
  NO_BUCKET_KEY: 'Encryption configuration',
  PUBLIC_OBJECTS: 'Block Public Access configuration',
  PUBLIC_LISTING: 'Block Public Access configuration for lists',
  PLAYBACK_CORS_MISSING: 'CORS configuration',
};

/** @param {string} code of a recommendation */
export function adviceName(code) {
  return CONFIGURATIONS[code] || code;
}

/** @param {string} code of a recommendation */
export function adviceTopic(code) {
  return TOPICS[code] || code;
}

/** @param {string} id of a check */
export function checkName(id) {
  return CHECKS[id] || id;
}

/** @param {string | undefined} code @returns {string} empty if nothing was denied */
export function denier(code) {
  return (code && DENIERS[code]) || '';
}

/** The names of the checks that a test of this method makes. @param {string} method */
export function expectedChecks(method) {
  return Object.keys(CHECKS).filter(id => !ONLY[id] || ONLY[id] === method).map(checkName);
}
