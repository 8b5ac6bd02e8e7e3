package io.leadpulse.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a record of state by hand. Its length stands in front of each value, and then the number of its form: a release that has
 * something to add writes the next form, and reads all before it; a form that it does not know it refuses.
 *
 * <p>What is written is never changed afterwards, neither by Flink nor by us, so nothing is copied. The buffers are used again, so each
 * thread has a serializer of its own, as Flink sees to by {@link #duplicate}.
 *
 * @param <T> a record that is never changed
 */
public abstract class StateSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1;
    private static final int VARIABLE = -1;

    private final Class<T> type;
    private final int newestForm;
    private transient StateOutput output;
    private transient StateInput input;

    /**
     * A serializer.
     *
     * @param newestForm the form in which it writes; the first is 1
     */
    protected StateSerializer(Class<T> type, int newestForm) {
        this.type = type;
        this.newestForm = newestForm;
    }

    /** Writes a value in the newest form. */
    protected abstract void write(T value, StateOutput to);

    /** Reads a value that was written in a form, of 1 to the newest. */
    protected abstract T read(int form, StateInput from) throws IOException;

    final Class<T> type() {
        return type;
    }

    final int newestForm() {
        return newestForm;
    }

    @Override
    public final void serialize(T value, DataOutputView target) throws IOException {
        if (output == null) {
            output = new StateOutput();
        }
        output.begin();
        output.number(newestForm);
        write(value, output);
        output.writeTo(target);
    }

    @Override
    public final T deserialize(DataInputView source) throws IOException {
        if (input == null) {
            input = new StateInput();
        }
        input.begin(source);
        long form = input.number();
        if (form < 1 || form > newestForm) {
            throw input.broken("a %s of form %d; this release reads forms 1 to %d"
                    .formatted(type.getSimpleName(), form, newestForm));
        }
        T value = read((int) form, input);
        input.end();
        return value;
    }

    @Override
    public final T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public final void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public final boolean isImmutableType() {
        return true;
    }

    @Override
    public final T createInstance() {
        return null;
    }

    @Override
    public final T copy(T from) {
        return from;
    }

    @Override
    public final T copy(T from, T reuse) {
        return from;
    }

    @Override
    public final int getLength() {
        return VARIABLE;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof StateSerializer<?> that && that.type.equals(type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }
}
