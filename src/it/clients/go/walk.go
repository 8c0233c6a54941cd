// Validates, creates, edits, lists and deletes with the client that oapi-codegen writes.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"reflect"

	"github.com/oapi-codegen/nullable"
	"walk/sea"
)

var nothing = context.Background()

func main() {
	client := clientOf(os.Getenv("SEA_TOKEN"))

	role := sea.AccessInput{Method: "ASSUME_ROLE", RoleArn: of("ROLE_ARN"), ExternalId: of("EXTERNAL_ID")}
	tried := must(client.ValidateDraftWithResponse(nothing, draft("BUCKET_OF_ROLE", role)))
	expect(tried.JSON200.Status, sea.ReportStatusHEALTHY)

	key := sea.AccessInput{Method: "ACCESS_CREDENTIAL", AccessKeyId: of("ACCESS_KEY_ID"), SecretAccessKey: of("SECRET_ACCESS_KEY")}
	input := draft("BUCKET_OF_KEY", key)
	input.Name = nullable.NewNullableWithValue("From Go")
	input.Description = nullable.NewNullableWithValue("Made by a generated client")
	once := "walk-go"
	made := must(client.CreateIntegrationWithResponse(nothing, &sea.CreateIntegrationParams{IdempotencyKey: &once}, input)).JSON201
	expect(made.Validation.Status, sea.ReportStatusHEALTHY)
	validated := must(client.ValidateIntegrationWithResponse(nothing, made.Id))
	expect(validated.JSON200.Status, sea.ReportStatusHEALTHY)

	edit := func(body sea.EditInput) *sea.EditIntegrationResponse {
		version := &sea.EditIntegrationParams{IfMatch: tag(made)}
		return must(client.EditIntegrationWithApplicationMergePatchPlusJSONBodyWithResponse(nothing, made.Id, version, body))
	}
	edited := edit(sea.EditInput{Description: nullable.NewNullNullable[string]()})
	expect(edited.JSON200.Description, "")
	expect(edited.HTTPResponse.Header.Get("ETag"), tag(edited.JSON200))
	expect(edit(sea.EditInput{}).ApplicationproblemJSON412.Status, int32(412))
	start := "from g"
	listed := must(client.ListIntegrationsWithResponse(nothing, &sea.ListIntegrationsParams{Name: &start}))
	read := must(client.GetIntegrationWithResponse(nothing, made.Id))
	expect(listed.JSON200.Items, []sea.Integration{*read.JSON200})

	version := tag(edited.JSON200)
	deleted := must(client.DeleteIntegrationWithResponse(nothing, made.Id, &sea.DeleteIntegrationParams{IfMatch: &version}))
	expect(deleted.StatusCode(), http.StatusNoContent)
	gone := must(client.GetIntegrationWithResponse(nothing, made.Id))
	expect(must(gone.ApplicationproblemJSON404.AsProblem()).Type, "urn:sea:problem:not-found")

	refused := must(clientOf("nobody").GetIntegrationWithResponse(nothing, made.Id))
	expect(refused.JSON401.Message, "Unauthorized")
}

func clientOf(token string) *sea.ClientWithResponses {
	return must(sea.NewClientWithResponses(os.Getenv("SEA_URL"), sea.WithRequestEditorFn(
		func(_ context.Context, request *http.Request) error {
			request.Header.Set("Authorization", "Bearer "+token)
			return nil
		})))
}

func draft(bucket string, access sea.AccessInput) sea.IntegrationInput {
	target := sea.TargetInput{Region: "us-east-1", Bucket: os.Getenv(bucket)}
	return sea.IntegrationInput{Type: "S3", Target: target, Access: access}
}

func tag(integration *sea.Integration) string {
	return fmt.Sprintf("%q", fmt.Sprint(integration.Version))
}

func of(variable string) nullable.Nullable[string] {
	return nullable.NewNullableWithValue(os.Getenv(variable))
}

func must[T any](answer T, err error) T {
	if err != nil {
		panic(err)
	}
	return answer
}

func expect(got, wanted any) {
	if !reflect.DeepEqual(got, wanted) {
		panic(fmt.Sprintf("%v expected, got %v", wanted, got))
	}
}
