package dev.sea.integrations.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One JSON object of a request while it is read. Hands out members by name, remembers which were asked for, and collects
 * every broken rule instead of stopping at the first; a member that breaks one reads as absent. A null is an absent
 * member. Nothing is converted: a number is no string, {@code "true"} no boolean.
 */
public final class InputObject {
    private static final int MOST_ERRORS = 50;
    private static final int LONGEST_NAME_SHOWN = 64;

    private final ObjectNode members;
    private final String pointer;
    private final List<FieldError> errors;
    private final Set<String> known = new HashSet<>();
    private final List<InputObject> children = new ArrayList<>();

    private InputObject(ObjectNode members, String pointer, List<FieldError> errors) {
        this.members = members;
        this.pointer = pointer;
        this.errors = errors;
    }

    static InputObject root(ObjectNode members) {
        return new InputObject(members, "", new ArrayList<>());
    }

    public boolean has(String name) {
        return member(name).isPresent();
    }

    /** Whether the member is there, if only as null. */
    boolean mentions(String name) {
        known.add(name);
        return members.has(name);
    }

    boolean mentionsOnly(String... names) {
        return List.of(names)
                .containsAll(
                        members.properties().stream().map(Map.Entry::getKey).toList());
    }

    /** Whether the member is this very text; anything else is no error yet. */
    boolean holds(String name, String text) {
        return member(name).filter(node -> text.equals(node.textValue())).isPresent();
    }

    /** Takes the members that it does not mention from another object. */
    InputObject completedBy(ObjectNode other) {
        other.properties().forEach(member -> members.putIfAbsent(member.getKey(), member.getValue()));
        return this;
    }

    public Optional<InputObject> object(String name) {
        return member(name).flatMap(node -> {
            if (node instanceof ObjectNode object) {
                InputObject child = new InputObject(object, pointerTo(name), errors);
                children.add(child);
                return Optional.of(child);
            }
            return wrongType(name, "an object");
        });
    }

    public Optional<String> text(String name) {
        return member(name)
                .flatMap(node -> node.isTextual() ? Optional.of(node.textValue()) : wrongType(name, "a string"));
    }

    public Optional<Boolean> flag(String name) {
        return member(name)
                .flatMap(
                        node -> node.isBoolean() ? Optional.of(node.booleanValue()) : wrongType(name, "true or false"));
    }

    /** A whole number within limits. */
    public Optional<Integer> number(String name, int least, int most) {
        return member(name)
                .flatMap(node -> node.canConvertToExactIntegral() && node.canConvertToInt() && node.isNumber()
                        ? Optional.of(node.intValue())
                        : this.<Integer>wrongType(name, "a whole number"))
                .flatMap(number -> least <= number && number <= most
                        ? Optional.of(number)
                        : refuse(name, "OUT_OF_RANGE", "This member is from " + least + " to " + most + "."));
    }

    /** A string that a value type takes, whose broken rule becomes this member's error. */
    public <T> Optional<T> value(String name, Function<String, T> type) {
        return text(name).flatMap(text -> checked(name, () -> type.apply(text)));
    }

    /** What a value type makes of members already read; a broken rule is laid at the door of {@code name}. */
    public <T> Optional<T> checked(String name, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (RuleViolation violation) {
            return refuse(name, violation.code(), violation.getMessage());
        }
    }

    /** Says that a member must be there, unless it is and was refused for another reason. */
    public void require(String name) {
        if (!has(name)) {
            refuse(name, "REQUIRED", "This member is required.");
        }
    }

    public <T> Optional<T> refuse(String name, String code, String message) {
        known.add(name);
        errors.add(new FieldError(pointerTo(name), code, message));
        return Optional.empty();
    }

    /**
     * Ends the reading: members that nobody asked for are errors too.
     *
     * @throws InvalidInput with all that was collected, in this object and those below it
     */
    public void finish() {
        refuseUnknown();
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors.subList(0, Math.min(errors.size(), MOST_ERRORS)));
        }
    }

    private void refuseUnknown() {
        for (String name : (Iterable<String>) members::fieldNames) {
            if (!known.contains(name)) {
                errors.add(new FieldError(pointerTo(name), "UNKNOWN_MEMBER", "There is no such member."));
            }
        }
        children.forEach(InputObject::refuseUnknown);
    }

    private Optional<JsonNode> member(String name) {
        known.add(name);
        return Optional.ofNullable(members.get(name)).filter(node -> !node.isNull());
    }

    private <T> Optional<T> wrongType(String name, String wanted) {
        return refuse(name, "WRONG_TYPE", "This member is " + wanted + ".");
    }

    private String pointerTo(String name) {
        String shown = name.length() <= LONGEST_NAME_SHOWN ? name : name.substring(0, LONGEST_NAME_SHOWN) + "...";
        return pointer + "/" + shown.replace("~", "~0").replace("/", "~1");
    }
}
