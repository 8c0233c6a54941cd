package dev.sea.integrations.mistakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Policies as the cases write them. A statement has from SEA's own procedure what it leaves out. */
enum Statements {
    TRUST("""
            {"Effect": "Allow", "Principal": {"AWS": "${gateway}"}, "Action": "sts:AssumeRole",
             "Condition": {"StringEquals": {"sts:ExternalId": "${externalId}"}}}""", ""),
    /** Identity policies and boundaries. */
    PERMISSIONS("""
            {"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:PutObject"],
             "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]}""", ""),
    /** A Deny unless the case says Allow. */
    BUCKET("""
            {"Effect": "Allow", "Principal": {"AWS": "${roleArn}"},
             "Action": ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:PutObject"],
             "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]}""", """
            {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
             "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]}"""),
    KEY("""
            {"Effect": "Allow", "Principal": {"AWS": "${roleArn}"}, "Resource": "*",
             "Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"]}""", "");

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The statements that a case refers to by name. */
    private static final Map<String, String> NAMED = Map.of("SEA", PERMISSIONS.allow, "SEA-KMS", """
            {"Effect": "Allow", "Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"], "Resource": "${keyArn}"}""", "ACCOUNT", """
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::${keyAccount}:root"}, "Action": "kms:*",
             "Resource": "*"}""");

    private final String allow;
    private final String usual;

    Statements(String allow, String deny) {
        this.allow = allow;
        this.usual = deny.isEmpty() ? allow : deny;
    }

    /** The whole policy, with its placeholders: from a list of statements, or as the case writes it. */
    String policy(JsonNode statements) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        if (statements instanceof ObjectNode whole) {
            policy.setAll(whole);
            policy.set("Statement", statement(whole.path("Statement")));
            return policy.toString();
        }
        Mistake.elements(statements)
                .map(this::statement)
                .forEach(policy.put("Version", "2012-10-17").putArray("Statement")::add);
        return policy.toString();
    }

    private JsonNode statement(JsonNode told) {
        if (told.isTextual()) {
            String named = NAMED.get(told.textValue());
            if (named == null) {
                throw new IllegalArgumentException("no statement is called " + told.textValue());
            }
            return parsed(named);
        }
        ObjectNode statement = parsed(told.path("Effect").asText().equals("Allow") ? allow : usual);
        for (Map.Entry<String, JsonNode> member : told.properties()) {
            String element = member.getKey();
            if (element.equals("And")) {
                statement
                        .withObjectProperty("Condition")
                        .setAll(merged(statement.path("Condition"), member.getValue()));
                continue;
            }
            statement.remove(element.startsWith("Not") ? element.substring(3) : element);
            if (!(member.getValue().isObject() && member.getValue().isEmpty())) {
                statement.set(element, member.getValue());
            }
        }
        return statement;
    }

    /** The tests of both conditions together. */
    private static ObjectNode merged(JsonNode condition, JsonNode more) {
        ObjectNode both = condition.deepCopy();
        more.properties().forEach(test -> both.withObjectProperty(test.getKey()).setAll((ObjectNode) test.getValue()));
        return both;
    }

    private static ObjectNode parsed(String statement) {
        try {
            return (ObjectNode) JSON.readTree(statement);
        } catch (IOException e) {
            throw new UncheckedIOException(statement, e);
        }
    }
}
