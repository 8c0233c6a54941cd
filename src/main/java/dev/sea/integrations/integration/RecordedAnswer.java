package dev.sea.integrations.integration;

import java.util.Map;

/** An answer as it was given, to be given again. Holds no secret, since answers do not. */
record RecordedAnswer(int status, Map<String, String> headers, String body) {}
