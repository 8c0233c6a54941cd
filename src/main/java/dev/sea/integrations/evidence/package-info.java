/**
 * Evidence: what became of each grant to record. A recorder tells, S3 is asked, and what nobody told a sweep finds out. Knows
 * grants and the record; that something is amiss with an integration it only reports, and lets validations find out why.
 */
@NullMarked
package dev.sea.integrations.evidence;

import org.jspecify.annotations.NullMarked;
