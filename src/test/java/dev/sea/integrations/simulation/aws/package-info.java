/** AWS's services in memory, each as far as the service uses it, and how each is compared with the local AWS. */
@NullMarked
package dev.sea.integrations.simulation.aws;

import org.jspecify.annotations.NullMarked;
