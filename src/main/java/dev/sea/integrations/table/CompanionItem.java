package dev.sea.integrations.table;

import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** An item that changes together with a record, and the refusal when its condition fails. */
public record CompanionItem(TransactWriteItem write, Supplier<? extends RuntimeException> refusal) {}
