/** What tests use: the local AWS and its controls, customers' accounts in it, gateway events, a clock. */
@org.jspecify.annotations.NullMarked
package dev.sea.integrations.testing;
