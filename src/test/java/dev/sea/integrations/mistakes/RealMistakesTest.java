package dev.sea.integrations.mistakes;

import io.quarkus.test.junit.QuarkusTest;

/** Tries all cases against the service under test. */
@QuarkusTest
class RealMistakesTest extends MistakeCases {}
