package dev.sea.integrations.simulation.aws;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Answers of AWS as texts that are equal where the answers mean the same.
 *
 * @param ignored members whose values are AWS's own choice, such as an ARN
 * @param sentences whether messages of errors count, as they do where AWS says there what it denies
 */
public record Answers(Set<String> ignored, boolean sentences) {

    /** Of a call: what it returned, or the error's status and code and what comes with it. */
    public String of(Supplier<?> call) {
        try {
            return text(call.get());
        } catch (ConditionalCheckFailedException failed) {
            return error(failed) + (failed.hasItem() ? " " + text(failed.item()) : "");
        } catch (TransactionCanceledException cancelled) {
            return error(cancelled)
                    + cancelled.cancellationReasons().stream()
                            .map(reason -> " " + reason.code() + (reason.hasItem() ? text(reason.item()) : ""))
                            .collect(Collectors.joining());
        } catch (AwsServiceException error) {
            return error(error);
        }
    }

    private String error(AwsServiceException error) {
        return error.statusCode() + " " + error.awsErrorDetails().errorCode()
                + (sentences ? " " + error.awsErrorDetails().errorMessage() : "");
    }

    private String text(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case AttributeValue attribute -> attribute(attribute);
            case SdkPojo pojo -> pojo(pojo);
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                map.forEach((name, member) -> sorted.put(String.valueOf(name), text(member)));
                yield sorted.toString();
            }
            case Collection<?> elements ->
                elements.stream().map(this::text).toList().toString();
            default -> value.toString();
        };
    }

    private String pojo(SdkPojo pojo) {
        Map<String, String> members = new TreeMap<>();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            boolean empty = value == null
                    || (value instanceof Collection<?> list && list.isEmpty())
                    || (value instanceof Map<?, ?> map && map.isEmpty());
            if (!empty && !ignored.contains(field.memberName())) {
                members.put(field.memberName(), text(value));
            }
        }
        return members.toString();
    }

    private String attribute(AttributeValue value) {
        return switch (value.type()) {
            case N -> number(value.n());
            case SS -> "SS" + sorted(value.ss());
            case NS -> "NS" + sorted(value.ns().stream().map(Answers::number).toList());
            case L -> "L" + text(value.l());
            case M -> "M" + text(value.m());
            default -> value.toString();
        };
    }

    private static String number(String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    private static List<String> sorted(List<String> elements) {
        List<String> sorted = new ArrayList<>(elements);
        sorted.sort(null);
        return sorted;
    }
}
