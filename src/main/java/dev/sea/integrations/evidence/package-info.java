/**
 * Evidence: what became of each grant to record. Recorders report, S3 is asked, and sweeps find out what nobody has
 * reported. If something is wrong with an integration, nothing here finds out why: that is for validations.
 */
@NullMarked
package dev.sea.integrations.evidence;

import org.jspecify.annotations.NullMarked;
