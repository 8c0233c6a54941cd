package dev.sea.integrations.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** The checks of a report, in the order in which it lists them. The IDs are part of the API and never change. */
public enum CheckId {
    CREDENTIALS("credentials"),
    EXTERNAL_ID_ENFORCED("external-id-enforced"),
    BUCKET("bucket"),
    LIST("list"),
    PUT("put"),
    GET("get"),
    TAGGING("tagging"),
    PRESIGNED("presigned"),
    KMS("kms"),
    LEAST_PRIVILEGE("least-privilege"),
    /** Only where an integration had another target before, with recordings. */
    EARLIER_RECORDINGS("earlier-recordings");

    private final String id;

    CheckId(String id) {
        this.id = id;
    }

    @JsonValue
    public String id() {
        return id;
    }
}
