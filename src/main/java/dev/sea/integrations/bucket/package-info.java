/**
 * Where a bucket is. Asks S3 as anybody may, without credentials, and so learns nothing that is not public.
 */
@NullMarked
package dev.sea.integrations.bucket;

import org.jspecify.annotations.NullMarked;
