/**
 * Asks values for their own rules, on behalf of Hibernate Validator. Records of input and the configuration declare the rules
 * with {@link ValueOf}.
 */
@NullMarked
package dev.sea.integrations.rule;

import org.jspecify.annotations.NullMarked;
