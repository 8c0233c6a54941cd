/**
 * Recordings in a customer's bucket: the service lists and describes them for SEA's workflows, and moves none of their
 * bytes.
 */
@NullMarked
package dev.sea.integrations.recording;

import org.jspecify.annotations.NullMarked;
