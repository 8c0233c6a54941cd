package dev.sea.integrations.advice;

import dev.sea.integrations.advice.Advice.Remedy;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.posture.Posture;
import dev.sea.integrations.posture.Posture.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Writes the advice that stands for a target. Each is one sentence, and a remedy that can be pasted where there is one. */
public final class AdviceWriter {
    /** As {@link #expires} gets it: days, and the rule's name. */
    private static final Pattern EXPIRY = Pattern.compile("([0-9]+) (.*)", Pattern.DOTALL);

    private static final int A_YEAR = 365;

    private final Target target;

    private AdviceWriter(Target target) {
        this.target = target;
    }

    /** In the order of the codes. */
    public static List<Advice> of(Posture posture, Target target) {
        AdviceWriter writer = new AdviceWriter(target);
        return posture.standing().entrySet().stream()
                .map(entry -> writer.advice(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The detail of {@link AdviceCode#EXPIRES}. */
    public static String expiry(long days, String rule) {
        return days + " " + rule;
    }

    private Advice advice(AdviceCode code, Standing standing) {
        String detail = standing.detail();
        return switch (code) {
            case NOT_VERSIONED ->
                advice(
                        code,
                        standing,
                        """
                    The bucket keeps no versions, so nothing is left of a recording that somebody overwrites or deletes.""",
                        new Remedy(
                                "Turn on versioning: aws s3api put-bucket-versioning --bucket " + bucket()
                                        + " --versioning-configuration with this JSON. Or let SEA create objects but not overwrite them, by"
                                        + " a bucket policy that requires If-None-Match.",
                                Map.of("Status", "Enabled")));
            case EXPIRES -> expires(standing, detail);
            case NO_BUCKET_KEY ->
                advice(
                        code,
                        standing,
                        """
                    The bucket encrypts with KMS but without a Bucket Key, so S3 calls KMS for each recording, and you pay for each call.""",
                        new Remedy(
                                "Turn on the Bucket Key: aws s3api put-bucket-encryption --bucket " + bucket()
                                        + " --server-side-encryption-configuration with this JSON. If a policy requires the encryption"
                                        + " context aws:s3:arn, allow the bucket's ARN there first.",
                                bucketKey(detail)));
            case KEY_CHANGED -> keyChanged(standing, detail);
            case PUBLIC_OBJECTS -> advice(code, standing, """
                    Anybody can read SEA's objects in this bucket, without credentials.""", blockPublicAccess());
            case PUBLIC_LISTING -> advice(code, standing, """
                    Anybody can list SEA's objects in this bucket, without credentials.""", blockPublicAccess());
            case PLAYBACK_CORS_MISSING -> playbackCorsMissing(standing, detail);
            case OVERLAP ->
                advice(
                        code,
                        standing,
                        "The folder of this integration is also that of " + detail + ", or one contains the other.",
                        new Remedy(
                                "Nothing is to be done if that is wanted. Otherwise give each integration a prefix of its own that"
                                        + " does not contain another's: a recording of one could take the place of another's.",
                                null));
            case GUESSABLE_EXTERNAL_ID ->
                advice(
                        code,
                        standing,
                        """
                    Somebody who knows your organization could guess the external ID.""",
                        new Remedy(
                                "Generate an external ID in SEA, add it to the role's trust policy beside the old one, edit this"
                                        + " integration, and then remove the old one from the trust policy.",
                                null));
        };
    }

    private Advice expires(Standing standing, String detail) {
        MatchResult expiry = EXPIRY.matcher(detail).results().findFirst().orElseThrow();
        String days = expiry.group(1).equals("1") ? "1 day" : expiry.group(1) + " days";
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("ID", expiry.group(2));
        rule.put("Status", "Enabled");
        rule.put("Filter", Map.of("Prefix", target.prefix().value()));
        rule.put("Expiration", Map.of("Days", A_YEAR));
        return advice(
                AdviceCode.EXPIRES,
                standing,
                "The bucket's lifecycle rule '" + expiry.group(2) + "' deletes recordings " + days
                        + " after they are written.",
                new Remedy(
                        "Nothing is to be done if that is long enough. Otherwise change the rule, for example to this one,"
                                + " which deletes after a year. put-bucket-lifecycle-configuration replaces all rules of a"
                                + " bucket, so send the others along.",
                        rule));
    }

    private static Advice keyChanged(Standing standing, String detail) {
        String[] keys = detail.split(" ", 2);
        return advice(
                AdviceCode.KEY_CHANGED,
                standing,
                "New recordings are encrypted with " + keys[1] + ". Before, it was " + keys[0] + ".",
                new Remedy(
                        "If nobody changed the key on purpose, look at the bucket's default encryption. Keep the former key,"
                                + " and SEA's kms:Decrypt on it: earlier recordings can be read with it only.",
                        null));
    }

    /** @param origin of the page that plays recordings */
    private Advice playbackCorsMissing(Standing standing, String origin) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("AllowedOrigins", List.of(origin));
        rule.put("AllowedMethods", List.of("GET", "HEAD"));
        rule.put("AllowedHeaders", List.of("Range"));
        rule.put("ExposeHeaders", List.of("Accept-Ranges", "Content-Range"));
        return advice(
                AdviceCode.PLAYBACK_CORS_MISSING,
                standing,
                "The bucket's CORS rules do not let " + origin + " read recordings in parts, as browsers play them.",
                new Remedy(
                        "Add this rule to the bucket's CORS configuration: aws s3api put-bucket-cors --bucket "
                                + bucket()
                                + " --cors-configuration with this JSON. It replaces all rules of the bucket, so send the"
                                + " others along. The S3 console takes the list behind CORSRules alone.",
                        Map.of("CORSRules", List.of(rule))));
    }

    private Remedy blockPublicAccess() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String flag :
                List.of("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")) {
            all.put(flag, true);
        }
        return new Remedy(
                "Block public access: aws s3api put-public-access-block --bucket " + bucket()
                        + " --public-access-block-configuration with this JSON. If other folders of the bucket are public on"
                        + " purpose, name them in the bucket policy in place of '*', or give SEA a bucket of its own.",
                all);
    }

    /** @param key its ARN; empty if it is not known */
    private static Map<String, Object> bucketKey(String key) {
        Map<String, Object> byDefault = new LinkedHashMap<>();
        byDefault.put("SSEAlgorithm", "aws:kms");
        if (!key.isEmpty()) {
            byDefault.put("KMSMasterKeyID", key);
        }
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("ApplyServerSideEncryptionByDefault", byDefault);
        rule.put("BucketKeyEnabled", true);
        return Map.of("Rules", List.of(rule));
    }

    private String bucket() {
        return target.bucket().value();
    }

    private static Advice advice(AdviceCode code, Standing standing, String message, Remedy remedy) {
        return new Advice(code, message, remedy, standing.since());
    }
}
