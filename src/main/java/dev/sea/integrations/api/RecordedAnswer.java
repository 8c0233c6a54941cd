package dev.sea.integrations.api;

import java.util.Map;

/** An answer as it was given, to be given again. Holds no secret, since answers do not. */
public record RecordedAnswer(int status, Map<String, String> headers, String body) {}
