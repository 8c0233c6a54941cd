package dev.sea.integrations.recording;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** S3 says that there is no object with this key: 404. */
final class NoSuchRecording extends ProblemException {

    NoSuchRecording() {
        super(ProblemType.NOT_FOUND, "There is no object with this key in the integration's bucket.");
    }
}
