/**
 * What a validation found: checks, outcomes, failure codes, remedies and the verdict, and how the API shows them. Pure: no
 * I/O and no SDK.
 */
@NullMarked
package dev.sea.integrations.report;

import org.jspecify.annotations.NullMarked;
