/** AWS SDK clients: shared per region, with one HTTP client, kept connections and the deadlines of the configuration. */
@NullMarked
package dev.sea.integrations.aws;

import org.jspecify.annotations.NullMarked;
