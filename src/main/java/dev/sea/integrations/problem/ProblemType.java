package dev.sea.integrations.problem;

import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * The types of problems. {@code type} is {@code urn:sea:problem:} and the name in lower case with hyphens. Type and status
 * are stable; {@code docs/problems.md} says when each occurs.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3.1.1">RFC 9457, type</a>
 */
public enum ProblemType {
    INVALID_INPUT(400, "The input breaks a rule"),
    MALFORMED_BODY(400, "The body cannot be read"),
    UNAUTHENTICATED(401, "A valid token is required"),
    FORBIDDEN(403, "The caller may not do this"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "No acceptable representation"),
    NAME_TAKEN(409, "The name is taken"),
    EXTERNAL_ID_REFUSED(409, "The external ID cannot be used"),
    LIMIT_REACHED(409, "A limit has been reached"),
    CHANGED_MEANWHILE(409, "Somebody else changed the integration"),
    PROOF_FAILED(409, "The access did not pass the validation"),
    STILL_ACTIVE(409, "The integration is active"),
    NOT_ACTIVE(409, "The integration is not active"),
    PURPOSE_UNAVAILABLE(409, "The integration does not work for this purpose"),
    GRANT_FORM_UNAVAILABLE(409, "The grant cannot have this form"),
    IN_USE(409, "Recordings go to the integration"),
    RECORDING_NOT_FOUND(409, "S3 does not have the recording"),
    RECORDING_CONFLICT(409, "Another object has the key"),
    RECORDING_UNSEEN(409, "SEA may not look for the recording"),
    CREATED_AND_DELETED(409, "The integration of this request was deleted"),
    REQUEST_IN_PROGRESS(409, "The same request is still running"),
    PRECONDITION_FAILED(412, "The version is not the current one"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    CHANGE_NOT_PROVED(422, "The new values did not pass the validation"),
    RECEIPT_MISMATCH(422, "Another object than the granted one is stored"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key belongs to another request"),
    PRECONDITION_REQUIRED(428, "A precondition is required"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    BAD_REQUEST(400, "The request cannot be understood"),
    INTERNAL(500, "The service failed"),
    INTEGRATION_UNREADABLE(500, "The integration cannot be read"),
    NO_DESTINATION(503, "No integration can take recordings now"),
    RECORDING_UNCONFIRMED(503, "Nobody can look for the recording at the moment"),
    UNAVAILABLE(503, "The service is unavailable for the moment");

    private static final int FIRST_SERVER_ERROR = 500;

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The problem's {@code type}. */
    public String uri() {
        return "urn:sea:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** ERROR for our bugs, WARN for outages, INFO for mistakes of callers. */
    public Logger.Level logLevel() {
        return switch (this) {
            case INTERNAL, INTEGRATION_UNREADABLE -> Logger.Level.ERROR;
            case UNAVAILABLE, NO_DESTINATION, RECORDING_UNCONFIRMED -> Logger.Level.WARN;
            default -> Logger.Level.INFO;
        };
    }

    /** The type for an error of the framework, of which only the status is known. */
    static ProblemType ofFrameworkStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 503 -> UNAVAILABLE;
            default -> status < FIRST_SERVER_ERROR ? BAD_REQUEST : INTERNAL;
        };
    }
}
