package dev.sea.integrations.probe;

import dev.sea.integrations.call.Answer;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.probe.Findings.ObjectFindings;
import dev.sea.integrations.report.CheckId;
import java.util.List;
import java.util.stream.Stream;

/**
 * The calls to S3 that each prove one permission, in the report's order. This is the one table of them: probes and judges go
 * through it. {@link #PUT} stands before the calls that read its object.
 */
public enum ObjectProbe {
    LIST(CheckId.LIST, NeededAction.LIST_BUCKET, false, (s3, _) -> s3.list()),
    PUT(CheckId.PUT, NeededAction.PUT_OBJECT, false, (s3, _) -> s3.put()),
    GET(CheckId.GET, NeededAction.GET_OBJECT, true, S3Calls::get),
    TAGGING(CheckId.TAGGING, NeededAction.GET_OBJECT_TAGGING, true, (s3, _) -> s3.tagging());

    /** One call to S3. */
    private interface Question {
        /** @param written whether this validation has written the object */
        Answer<ObjectFindings> ask(S3Calls s3, boolean written);
    }

    private final CheckId check;
    private final NeededAction action;
    private final boolean readsObject;

    @SuppressWarnings("ImmutableEnumChecker") // The questions are lambdas that keep nothing.
    private final Question question;

    ObjectProbe(CheckId check, NeededAction action, boolean readsObject, Question question) {
        this.check = check;
        this.action = action;
        this.readsObject = readsObject;
        this.question = question;
    }

    /** The check that the call is made for. */
    public CheckId check() {
        return check;
    }

    /** The permission that the call needs. */
    public NeededAction action() {
        return action;
    }

    /**
     * Whether the call reads the object that {@link #PUT} writes, and so waits for it, unless an earlier one is there. Where the
     * object is missing, S3 does not tell a caller without s3:ListBucket whether the object or the permission is.
     */
    public boolean readsObject() {
        return readsObject;
    }

    /** Those that wait for no other call. */
    static List<ObjectProbe> independent() {
        return Stream.of(values()).filter(probe -> !probe.readsObject()).toList();
    }

    /** Those that read the object that {@link #PUT} writes. */
    static List<ObjectProbe> reading() {
        return Stream.of(values()).filter(ObjectProbe::readsObject).toList();
    }

    Answer<ObjectFindings> ask(S3Calls s3, boolean written) {
        return question.ask(s3, written);
    }
}
