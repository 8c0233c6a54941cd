/**
 * What a validation's answers tell beyond permission, and what S3 lets anybody do. Nothing here decides whether SEA can use the
 * bucket, and no check waits for it.
 */
@NullMarked
package dev.sea.integrations.inspection;

import org.jspecify.annotations.NullMarked;
