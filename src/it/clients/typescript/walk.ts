// Validates, creates, edits, lists and deletes with openapi-fetch and the types that openapi-typescript writes.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./sea.js";

type Draft = components["schemas"]["IntegrationInput"];

const of = (name: string): string => process.env[name]!;
const tag = (integration: { version: number }): string => `"${integration.version}"`;
const client = (token: string) =>
  createClient<paths>({ baseUrl: of("SEA_URL"), headers: { Authorization: `Bearer ${token}` } });
const draft = (bucket: string, access: Draft["access"]): Draft => ({
  type: "S3",
  target: { region: "us-east-1", bucket: of(bucket) },
  access,
});

const sea = client(of("SEA_TOKEN"));

const role = { method: "ASSUME_ROLE", roleArn: of("ROLE_ARN"), externalId: of("EXTERNAL_ID") } as const;
const tried = await sea.POST("/v1/validations", { body: draft("BUCKET_OF_ROLE", role) });
assert.equal(tried.data?.status, "HEALTHY");

const key = {
  method: "ACCESS_CREDENTIAL",
  accessKeyId: of("ACCESS_KEY_ID"),
  secretAccessKey: of("SECRET_ACCESS_KEY"),
} as const;
const { data: made } = await sea.POST("/v1/integrations", {
  params: { header: { "Idempotency-Key": "walk-typescript" } },
  body: { ...draft("BUCKET_OF_KEY", key), name: "From TypeScript", description: "Made by a generated client" },
});
assert.ok(made);
assert.equal(made.validation?.status, "HEALTHY");
const path = { id: made.id };
const validated = await sea.POST("/v1/integrations/{id}/validations", { params: { path } });
assert.equal(validated.data?.status, "HEALTHY");

const edit = (body: components["schemas"]["EditInput"]) =>
  sea.PATCH("/v1/integrations/{id}", {
    params: { path, header: { "If-Match": tag(made) } },
    headers: { "Content-Type": "application/merge-patch+json" },
    body,
  });
const { data: edited, response } = await edit({ description: null });
assert.ok(edited);
assert.equal(edited.description, "");
assert.equal(response.headers.get("ETag"), tag(edited));
const stale = await edit({});
assert.ok(stale.error && "status" in stale.error && stale.error.status === 412);
const listed = await sea.GET("/v1/integrations", { params: { query: { name: "from t" } } });
const read = await sea.GET("/v1/integrations/{id}", { params: { path } });
assert.deepEqual(listed.data?.items, [read.data]);

const deleted = await sea.DELETE("/v1/integrations/{id}", {
  params: { path, header: { "If-Match": tag(edited) } },
});
assert.equal(deleted.response.status, 204);
const gone = await sea.GET("/v1/integrations/{id}", { params: { path } });
assert.ok(gone.error && "type" in gone.error && gone.error.type === "urn:sea:problem:not-found");

const refused = await client("nobody").GET("/v1/integrations/{id}", { params: { path } });
assert.ok(refused.error && "message" in refused.error && refused.error.message === "Unauthorized");
