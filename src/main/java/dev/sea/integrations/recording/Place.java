package dev.sea.integrations.recording;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.grant.GrantSession;
import dev.sea.integrations.integration.Target;
import java.util.Optional;

/**
 * Where recordings are, and the session that may look at them.
 *
 * @param owner the account that must own the bucket; empty where nobody knows it
 */
record Place(Target target, Optional<AccountId> owner, GrantSession session) {}
