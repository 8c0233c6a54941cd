package dev.sea.integrations.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Bodies that describe an integration. They are valid until a test changes a member. */
public final class Drafts {
    private static final ObjectMapper JSON = new ObjectMapper();
    public static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    static {
        SecretsWatch.add(SECRET);
    }

    private final ObjectNode body;

    private Drafts(String body) {
        this.body = (ObjectNode) parse(body);
    }

    public static Drafts role() {
        return new Drafts("""
                {"type": "S3", "name": "Plant 7 recordings", "description": "From the presses",
                 "target": {"region": "eu-west-1", "bucket": "acme-sea-recordings", "prefix": "plant-7/"},
                 "access": {"method": "ASSUME_ROLE", "roleArn": "arn:aws:iam::222233334444:role/SEA_ext_access_recorder",
                  "externalId": "sea-7"}}""");
    }

    public static Drafts keys() {
        return role().set("/access", """
                {"method": "ACCESS_CREDENTIAL", "accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secretAccessKey": "%s"}""".formatted(SECRET));
    }

    /** The set-up of a customer, under a name. */
    public static Drafts of(Customer customer, String name) {
        return role().set("/name", quoted(name))
                .set("/target", customer.fill("{\"region\": \"" + customer.region() + "\", \"bucket\": \"${bucket}\"}"))
                .set("/access", customer.fill("""
                                {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}"""));
    }

    /** The same with an access key. */
    public static Drafts keysOf(Customer customer, String name) {
        return of(customer, name).set("/access", customer.fill("""
                {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}", "secretAccessKey": "${secretAccessKey}"}"""));
    }

    public static Drafts patch(String body) {
        return new Drafts(body);
    }

    /** A patch that sets one member to its value here. */
    public Drafts only(String pointer) {
        return new Drafts("{}").set(pointer, body.at(pointer).toString());
    }

    /**
     * Sets one member.
     *
     * @param pointer to a member of an object that exists
     */
    public Drafts set(String pointer, String json) {
        parent(pointer).set(name(pointer), parse(json));
        return this;
    }

    public Drafts setText(String pointer, String text) {
        return set(pointer, quoted(text));
    }

    public Drafts without(String pointer) {
        parent(pointer).remove(name(pointer));
        return this;
    }

    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    public InputStream stream() {
        return new ByteArrayInputStream(bytes());
    }

    @Override
    public String toString() {
        return body.toString();
    }

    private ObjectNode parent(String pointer) {
        return (ObjectNode) body.at(pointer.substring(0, pointer.lastIndexOf('/')));
    }

    private static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
