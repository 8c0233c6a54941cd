/**
 * What came of a call to AWS: the answer, or why there is none. {@link dev.sea.integrations.call.AwsFailure} and {@code
 * ErrorAnswer} alone read the SDK's exceptions. Also the one way in which the service assumes customers' roles.
 */
@NullMarked
package dev.sea.integrations.call;

import org.jspecify.annotations.NullMarked;
