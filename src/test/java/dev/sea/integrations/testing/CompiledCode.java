package dev.sea.integrations.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The service's own classes, the calls in them, and what can be told of their arguments. */
public final class CompiledCode {
    private static final Path CLASSES = Path.of("target/classes");

    private CompiledCode() {}

    /**
     * A method.
     *
     * @param owner its class, as {@code java.lang.Class}
     */
    public record Method(String owner, String name, MethodTypeDesc type) {}

    /**
     * A call, or a reference to a method ({@code Class::forName}).
     *
     * @param caller what contains it
     * @param arguments the declared type of each argument, or the type itself where the argument is a class constant; empty
     *     where neither can be told
     */
    public record Call(Method caller, Method called, List<Optional<ClassDesc>> arguments) {}

    /** All calls in the classes that a build of the service contains. */
    public static List<Call> calls() {
        return files().stream().flatMap(CompiledCode::calls).toList();
    }

    /** The classes that a build of the service contains. */
    public static List<Class<?>> classes() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return files().stream().<Class<?>>map(file -> loaded(file, loader)).toList();
    }

    private static Class<?> loaded(Path file, ClassLoader loader) {
        String name = CLASSES.relativize(file).toString().replace(File.separatorChar, '.');
        try {
            return Class.forName(name.substring(0, name.length() - ".class".length()), false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code java.util.Map$Entry} for such a class. */
    public static String name(ClassDesc type) {
        return type.isClassOrInterface()
                ? type.descriptorString()
                        .substring(1, type.descriptorString().length() - 1)
                        .replace('/', '.')
                : type.displayName();
    }

    private static Stream<Call> calls(Path file) {
        try {
            ClassModel model = ClassFile.of().parse(file);
            return model.methods().stream().flatMap(method -> calls(model, method));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Call> calls(ClassModel model, MethodModel method) {
        Method caller = new Method(
                name(model.thisClass().asSymbol()), method.methodName().stringValue(), method.methodTypeSymbol());
        List<Call> found = new ArrayList<>();
        method.findAttribute(Attributes.code()).ifPresent(code -> {
            List<Positioned> done = new ArrayList<>();
            int position = 0;
            for (CodeElement element : code) {
                if (element instanceof Instruction instruction) {
                    if (instruction instanceof InvokeInstruction call) {
                        Method called = new Method(
                                name(call.owner().asSymbol()), call.name().stringValue(), call.typeSymbol());
                        found.add(new Call(caller, called, arguments(code, done, called.type())));
                    } else if (instruction instanceof InvokeDynamicInstruction dynamic) {
                        referred(dynamic).forEach(called -> found.add(new Call(caller, called, untold(called.type()))));
                    }
                    done.add(new Positioned(position, instruction));
                    position += instruction.sizeInBytes();
                }
            }
        });
        return found.stream();
    }

    private record Positioned(int position, Instruction instruction) {}

    private static Stream<Method> referred(InvokeDynamicInstruction dynamic) {
        return dynamic.bootstrapArgs().stream()
                .filter(DirectMethodHandleDesc.class::isInstance)
                .map(DirectMethodHandleDesc.class::cast)
                .filter(handle -> handle.lookupDescriptor().startsWith("("))
                .map(handle -> new Method(
                        name(handle.owner()),
                        handle.methodName(),
                        MethodTypeDesc.ofDescriptor(handle.lookupDescriptor())));
    }

    private static List<Optional<ClassDesc>> untold(MethodTypeDesc type) {
        return type.parameterList().stream()
                .map(_ -> Optional.<ClassDesc>empty())
                .toList();
    }

    /** From the last to the first, as long as it is plain which instructions made each. */
    private static List<Optional<ClassDesc>> arguments(CodeAttribute code, List<Positioned> done, MethodTypeDesc type) {
        List<Optional<ClassDesc>> arguments = new ArrayList<>(untold(type));
        int end = done.size();
        for (int i = arguments.size() - 1; i >= 0 && end > 0; i--) {
            arguments.set(i, pushed(code, done.get(end - 1)));
            end = begin(done, end);
        }
        return arguments;
    }

    /** Where the instructions begin that make the value which is there before this index; 0 if that is not plain. */
    private static int begin(List<Positioned> done, int end) {
        if (end == 0) {
            return 0;
        }
        return switch (done.get(end - 1).instruction()) {
            case LoadInstruction _, ConstantInstruction _ -> end - 1;
            case TypeCheckInstruction _ -> begin(done, end - 1);
            case FieldInstruction field -> field.opcode() == Opcode.GETSTATIC ? end - 1 : begin(done, end - 1);
            case InvokeInstruction call
            when !call.name().equalsString(ConstantDescs.INIT_NAME) -> {
                int values = call.typeSymbol().parameterCount() + (call.opcode() == Opcode.INVOKESTATIC ? 0 : 1);
                int begin = end - 1;
                for (int i = 0; i < values; i++) {
                    begin = begin(done, begin);
                }
                yield begin;
            }
            default -> 0;
        };
    }

    private static Optional<ClassDesc> pushed(CodeAttribute code, Positioned last) {
        return switch (last.instruction()) {
            case LoadInstruction load -> variable(code, load.slot(), last.position() + load.sizeInBytes());
            case ConstantInstruction constant ->
                constant.constantValue() instanceof ClassDesc named
                        ? Optional.of(named)
                        : Optional.of(
                                ClassDesc.of(constant.constantValue().getClass().getName()));
            case FieldInstruction field -> Optional.of(field.typeSymbol());
            case TypeCheckInstruction cast -> Optional.of(cast.type().asSymbol());
            case InvokeInstruction call ->
                Optional.of(
                        call.name().equalsString(ConstantDescs.INIT_NAME)
                                ? call.owner().asSymbol()
                                : call.typeSymbol().returnType());
            default -> Optional.empty();
        };
    }

    private static Optional<ClassDesc> variable(CodeAttribute code, int slot, int position) {
        return code.elementStream()
                .filter(LocalVariable.class::isInstance)
                .map(LocalVariable.class::cast)
                .filter(variable -> variable.slot() == slot
                        && code.labelToBci(variable.startScope()) <= position
                        && position <= code.labelToBci(variable.endScope()))
                .map(LocalVariable::typeSymbol)
                .findFirst();
    }
}
