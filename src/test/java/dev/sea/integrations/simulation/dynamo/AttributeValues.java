package dev.sea.integrations.simulation.dynamo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How DynamoDB compares, counts and adds values. */
final class AttributeValues {
    /** So many digits surely fit into a long. */
    private static final int DIGITS_OF_LONG = 18;

    private AttributeValues() {}

    static boolean hasOrder(AttributeValue value) {
        return value.type() == AttributeValue.Type.S
                || value.type() == AttributeValue.Type.N
                || value.type() == AttributeValue.Type.B;
    }

    static boolean areComparable(@Nullable AttributeValue one, @Nullable AttributeValue other) {
        return one != null && other != null && one.type() == other.type() && hasOrder(one);
    }

    /** Of two that are comparable: texts by their bytes in UTF-8, numbers by their value. */
    static int order(@Nullable AttributeValue one, @Nullable AttributeValue other) {
        if (one == null || other == null) {
            throw new IllegalArgumentException("nothing has no order");
        }
        return switch (one.type()) {
            case S -> order(one.s(), other.s());
            case N -> orderOfNumbers(one.n(), other.n());
            case B -> one.b().asByteBuffer().compareTo(other.b().asByteBuffer());
            default -> throw new IllegalArgumentException(one.type() + " has no order");
        };
    }

    /** By code points, which is the order of UTF-8, while {@code compareTo} goes by UTF-16. */
    static int order(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        for (int i = 0; i < shorter; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                // A surrogate stands for more than 0xFFFF.
                boolean differ = Character.isSurrogate(one.charAt(i)) != Character.isSurrogate(other.charAt(i));
                return differ
                        ? Boolean.compare(Character.isSurrogate(one.charAt(i)), Character.isSurrogate(other.charAt(i)))
                        : Character.compare(one.charAt(i), other.charAt(i));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    private static int orderOfNumbers(String one, String other) {
        return one.length() <= DIGITS_OF_LONG && other.length() <= DIGITS_OF_LONG && isWhole(one) && isWhole(other)
                ? Long.compare(Long.parseLong(one), Long.parseLong(other))
                : new BigDecimal(one).compareTo(new BigDecimal(other));
    }

    private static boolean isWhole(String number) {
        return number.indexOf('.') < 0 && number.indexOf('e') < 0 && number.indexOf('E') < 0;
    }

    static boolean equal(AttributeValue one, AttributeValue other) {
        if (one.type() != other.type()) {
            return false;
        }
        return switch (one.type()) {
            case N -> order(one, other) == 0;
            case SS -> new HashSet<>(one.ss()).equals(new HashSet<>(other.ss()));
            case NS -> numbers(one.ns()).equals(numbers(other.ns()));
            case BS -> new HashSet<>(one.bs()).equals(new HashSet<>(other.bs()));
            case L -> equal(one.l(), other.l());
            case M -> equal(one.m(), other.m());
            default -> one.equals(other);
        };
    }

    private static Set<BigDecimal> numbers(List<String> numbers) {
        Set<BigDecimal> values = new HashSet<>();
        numbers.forEach(number -> values.add(new BigDecimal(number).stripTrailingZeros()));
        return values;
    }

    private static boolean equal(List<AttributeValue> one, List<AttributeValue> other) {
        boolean equal = one.size() == other.size();
        for (int i = 0; equal && i < one.size(); i++) {
            equal = equal(one.get(i), other.get(i));
        }
        return equal;
    }

    static boolean equal(Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream()
                        .allMatch(member -> equal(
                                member.getValue(), other.getOrDefault(member.getKey(), AttributeValue.fromNul(false))));
    }

    /** Null for a value that has no size. */
    static @Nullable AttributeValue size(AttributeValue value) {
        return switch (value.type()) {
            case S -> number(value.s().codePointCount(0, value.s().length()));
            case B -> number(value.b().asByteArrayUnsafe().length);
            case SS -> number(value.ss().size());
            case NS -> number(value.ns().size());
            case BS -> number(value.bs().size());
            case L -> number(value.l().size());
            case M -> number(value.m().size());
            default -> null;
        };
    }

    private static AttributeValue number(int number) {
        return AttributeValue.fromN(Integer.toString(number));
    }

    static boolean contains(AttributeValue whole, AttributeValue part) {
        return switch (whole.type()) {
            case S -> part.s() != null && whole.s().contains(part.s());
            case SS -> part.s() != null && whole.ss().contains(part.s());
            case NS -> part.n() != null && numbers(whole.ns()).containsAll(numbers(List.of(part.n())));
            case BS -> part.b() != null && whole.bs().contains(part.b());
            case L -> whole.l().stream().anyMatch(element -> equal(element, part));
            default -> false;
        };
    }

    /** Null unless both are numbers. */
    static @Nullable AttributeValue sum(AttributeValue one, AttributeValue other, boolean minus) {
        if (one.type() != AttributeValue.Type.N || other.type() != AttributeValue.Type.N) {
            return null;
        }
        BigDecimal right = new BigDecimal(other.n());
        BigDecimal sum = new BigDecimal(one.n()).add(minus ? right.negate() : right);
        return AttributeValue.fromN(
                sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString());
    }

    /** A set with more elements. Null unless both are sets of the same kind. */
    static @Nullable AttributeValue union(AttributeValue one, AttributeValue other) {
        if (one.type() != other.type()) {
            return null;
        }
        return switch (one.type()) {
            case SS -> AttributeValue.fromSs(union(one.ss(), other.ss()));
            case NS -> AttributeValue.fromNs(union(one.ns(), other.ns()));
            case BS -> AttributeValue.fromBs(union(one.bs(), other.bs()));
            default -> null;
        };
    }

    private static <T> List<T> union(List<T> one, List<T> other) {
        Set<T> union = new LinkedHashSet<>(one);
        union.addAll(other);
        return List.copyOf(union);
    }

    /** A set with fewer elements, which may be none. Null unless both are sets of the same kind. */
    static @Nullable AttributeValue difference(AttributeValue one, AttributeValue other) {
        if (one.type() != other.type()) {
            return null;
        }
        return switch (one.type()) {
            case SS -> AttributeValue.fromSs(difference(one.ss(), other.ss()));
            case NS -> AttributeValue.fromNs(difference(one.ns(), other.ns()));
            case BS -> AttributeValue.fromBs(difference(one.bs(), other.bs()));
            default -> null;
        };
    }

    private static <T> List<T> difference(List<T> one, List<T> other) {
        List<T> difference = new ArrayList<>(one);
        difference.removeAll(other);
        return difference;
    }

    static boolean isEmptySet(AttributeValue value) {
        return switch (value.type()) {
            case SS -> value.ss().isEmpty();
            case NS -> value.ns().isEmpty();
            case BS -> value.bs().isEmpty();
            default -> false;
        };
    }

    /**
     * The same attributes in the order of their names, in maps within maps too. The order of a {@code Map.of} differs from one
     * run of the JVM to the next, and a simulation must not.
     */
    static Map<String, AttributeValue> sorted(Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> sorted = new TreeMap<>();
        attributes.forEach((name, value) -> sorted.put(name, sorted(value)));
        return sorted;
    }

    private static AttributeValue sorted(AttributeValue value) {
        return switch (value.type()) {
            case M -> value.m().size() < 2 ? value : AttributeValue.fromM(sorted(value.m()));
            case L ->
                AttributeValue.fromL(
                        value.l().stream().map(AttributeValues::sorted).toList());
            default -> value;
        };
    }
}
