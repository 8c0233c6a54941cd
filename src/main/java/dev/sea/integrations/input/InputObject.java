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
 * One JSON object of a request while it is read. It returns members by name, remembers which were read, and collects all
 * broken rules instead of stopping at the first. A member that breaks a rule reads as absent, and so does null. Nothing is
 * converted: a number is not a string, and {@code "true"} is not a boolean.
 */
public final class InputObject {
    private static final int MAX_ERRORS = 50;
    private static final int MAX_NAME_SHOWN = 64;

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

    /** Whether the member is there and not null. */
    public boolean has(String name) {
        return member(name).isPresent();
    }

    /** Whether the member is there, even as null. */
    boolean mentions(String name) {
        known.add(name);
        return members.has(name);
    }

    /** Whether it has no members but these. */
    boolean mentionsOnly(String... names) {
        return List.of(names)
                .containsAll(
                        members.properties().stream().map(Map.Entry::getKey).toList());
    }

    /** Whether the member is exactly this text. Anything else is not an error yet. */
    boolean holds(String name, String text) {
        return member(name).filter(node -> text.equals(node.textValue())).isPresent();
    }

    /** Adds the members that it does not mention from another object. */
    InputObject completedBy(ObjectNode other) {
        other.properties().forEach(member -> members.putIfAbsent(member.getKey(), member.getValue()));
        return this;
    }

    /** The member, an object. */
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

    /** The member, a string. */
    public Optional<String> text(String name) {
        return member(name)
                .flatMap(node -> node.isTextual() ? Optional.of(node.textValue()) : wrongType(name, "a string"));
    }

    /** The member, a boolean. */
    public Optional<Boolean> flag(String name) {
        return member(name)
                .flatMap(
                        node -> node.isBoolean() ? Optional.of(node.booleanValue()) : wrongType(name, "true or false"));
    }

    /** The member, a whole number from {@code least} to {@code most}. */
    public Optional<Integer> number(String name, int least, int most) {
        return member(name)
                .flatMap(node -> node.canConvertToExactIntegral() && node.canConvertToInt() && node.isNumber()
                        ? Optional.of(node.intValue())
                        : this.<Integer>wrongType(name, "a whole number"))
                .flatMap(number -> least <= number && number <= most
                        ? Optional.of(number)
                        : refuse(name, "OUT_OF_RANGE", "This member must be from " + least + " to " + most + "."));
    }

    /** The member, a string that a value type accepts. If it breaks a rule of the type, that is this member's error. */
    public <T> Optional<T> value(String name, Function<String, T> type) {
        return text(name).flatMap(text -> checked(name, () -> type.apply(text)));
    }

    /** A value made of members that are read already. If it breaks a rule, that is the error of the member {@code name}. */
    public <T> Optional<T> checked(String name, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (RuleViolation violation) {
            return refuse(name, violation.code(), violation.getMessage());
        }
    }

    /** Reports the member as missing if it is absent or null. */
    public void require(String name) {
        if (!has(name)) {
            refuse(name, "REQUIRED", "This member is required.");
        }
    }

    /** Reports a broken rule of the member; always empty. */
    public <T> Optional<T> refuse(String name, String code, String message) {
        known.add(name);
        errors.add(new FieldError(pointerTo(name), code, message));
        return Optional.empty();
    }

    /**
     * Ends the reading. Each member that was not read is an error too.
     *
     * @throws InvalidInput with the broken rules of this object and those inside it, at most 50
     */
    public void finish() {
        refuseUnknown();
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
        }
    }

    private void refuseUnknown() {
        for (String name : (Iterable<String>) members::fieldNames) {
            if (!known.contains(name)) {
                errors.add(new FieldError(pointerTo(name), "UNKNOWN_MEMBER", "This member is unknown."));
            }
        }
        children.forEach(InputObject::refuseUnknown);
    }

    private Optional<JsonNode> member(String name) {
        known.add(name);
        return Optional.ofNullable(members.get(name)).filter(node -> !node.isNull());
    }

    private <T> Optional<T> wrongType(String name, String wanted) {
        return refuse(name, "WRONG_TYPE", "This member must be " + wanted + ".");
    }

    private String pointerTo(String name) {
        String shown = name.length() <= MAX_NAME_SHOWN ? name : name.substring(0, MAX_NAME_SHOWN) + "...";
        return pointer + "/" + shown.replace("~", "~0").replace("/", "~1");
    }
}
