// The least that a Go function can be which makes the same DynamoDB call as the service: AWS's own runtime library and SDK.
// The event says which call, as for the Java floor.
package main

import (
	"context"
	"os"
	"strconv"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

type answer struct {
	StatusCode int `json:"statusCode"`
	Found      int `json:"found"`
}

type floor struct {
	dynamo *dynamodb.Client
	table  *string
}

func main() {
	client := dynamodb.New(dynamodb.Options{
		Region:       os.Getenv("AWS_REGION"),
		BaseEndpoint: aws.String(os.Getenv("AWS_ENDPOINT_URL")),
		Credentials: credentials.NewStaticCredentialsProvider(
			os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY"), os.Getenv("AWS_SESSION_TOKEN")),
	})
	lambda.Start(floor{client, aws.String(os.Getenv("SEA_TABLE"))}.handle)
}

func (f floor) handle(ctx context.Context, wanted string) (answer, error) {
	found, err := 0, error(nil)
	switch wanted {
	case "query":
		found, err = f.query(ctx)
	case "get":
		found, err = f.get(ctx)
	case "transaction":
		found, err = f.transaction(ctx)
	}
	return answer{200, found}, err
}

func (f floor) query(ctx context.Context) (int, error) {
	answer, err := f.dynamo.Query(ctx, &dynamodb.QueryInput{
		TableName:                 f.table,
		KeyConditionExpression:    aws.String("PK = :pk AND begins_with(SK, :sk)"),
		ExpressionAttributeValues: map[string]types.AttributeValue{":pk": text("TENANT#floor"), ":sk": text("INT#")},
		Limit:                     aws.Int32(20),
	})
	if err != nil {
		return 0, err
	}
	return len(answer.Items), nil
}

func (f floor) get(ctx context.Context) (int, error) {
	answer, err := f.dynamo.GetItem(ctx, &dynamodb.GetItemInput{TableName: f.table, Key: key("INT#1")})
	if err != nil {
		return 0, err
	}
	return len(answer.Item), nil
}

// Of four items, as a creation's.
func (f floor) transaction(ctx context.Context) (int, error) {
	var writes []types.TransactWriteItem
	for number := range 4 {
		item := key("PUT#" + strconv.Itoa(number))
		writes = append(writes, types.TransactWriteItem{Put: &types.Put{TableName: f.table, Item: item}})
	}
	_, err := f.dynamo.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: writes})
	return len(writes), err
}

func key(sort string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{"PK": text("TENANT#floor"), "SK": text(sort)}
}

func text(value string) types.AttributeValue {
	return &types.AttributeValueMemberS{Value: value}
}
