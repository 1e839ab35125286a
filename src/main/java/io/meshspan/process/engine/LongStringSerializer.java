package io.meshspan.process.engine;

import java.nio.charset.StandardCharsets;
import org.camunda.bpm.engine.impl.variable.serializer.AbstractTypedValueSerializer;
import org.camunda.bpm.engine.impl.variable.serializer.ValueFields;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.impl.value.UntypedValueImpl;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * Stores texts that are longer than the column for strings as bytes. They stay variables of type String, so that a mesh
 * file of any length can be submitted as one, and a text that is too long is refused in words and not by the database.
 */
final class LongStringSerializer extends AbstractTypedValueSerializer<StringValue> {

    private static final int COLUMN = 4000;

    LongStringSerializer() {
        super(ValueType.STRING);
    }

    @Override
    public String getName() {
        return "longString";
    }

    @Override
    protected boolean canWriteValue(TypedValue value) {
        return value.getValue() instanceof String text && text.length() > COLUMN;
    }

    @Override
    public StringValue convertToTypedValue(UntypedValueImpl untyped) {
        return Variables.stringValue((String) untyped.getValue(), untyped.isTransient());
    }

    @Override
    public void writeValue(StringValue value, ValueFields fields) {
        fields.setByteArrayValue(value.getValue().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public StringValue readValue(ValueFields fields, boolean deserialize, boolean isTransient) {
        return Variables.stringValue(new String(fields.getByteArrayValue(), StandardCharsets.UTF_8), isTransient);
    }
}
