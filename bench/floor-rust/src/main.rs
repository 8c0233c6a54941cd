//! The least that a Rust function can be which makes the same DynamoDB call as the service: AWS's own runtime library and
//! SDK. The event says which call, as for the Java floor.

use std::collections::HashMap;
use std::env;

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use aws_sdk_dynamodb::{Client, Config};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

struct Floor {
    dynamo: Client,
    table: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let credentials = Credentials::new(
        env::var("AWS_ACCESS_KEY_ID")?,
        env::var("AWS_SECRET_ACCESS_KEY")?,
        env::var("AWS_SESSION_TOKEN").ok(),
        None,
        "environment",
    );
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(env::var("AWS_REGION")?))
        .endpoint_url(env::var("AWS_ENDPOINT_URL")?)
        .credentials_provider(credentials)
        .build();
    let floor = &Floor {
        dynamo: Client::from_conf(config),
        table: env::var("SEA_TABLE")?,
    };
    run(service_fn(move |event: LambdaEvent<String>| async move {
        let found = match event.payload.as_str() {
            "query" => floor.query().await?,
            "get" => floor.get().await?,
            "transaction" => floor.transaction().await?,
            _ => 0,
        };
        Ok::<Value, Error>(json!({"statusCode": 200, "found": found}))
    }))
    .await
}

impl Floor {
    async fn query(&self) -> Result<usize, Error> {
        let answer = self
            .dynamo
            .query()
            .table_name(&self.table)
            .key_condition_expression("PK = :pk AND begins_with(SK, :sk)")
            .expression_attribute_values(":pk", text("TENANT#floor"))
            .expression_attribute_values(":sk", text("INT#"))
            .limit(20)
            .send()
            .await?;
        Ok(answer.items().len())
    }

    async fn get(&self) -> Result<usize, Error> {
        let answer = self
            .dynamo
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key("INT#1")))
            .send()
            .await?;
        Ok(answer.item().map_or(0, HashMap::len))
    }

    /// Of four items, as a creation's.
    async fn transaction(&self) -> Result<usize, Error> {
        let mut writes = Vec::new();
        for number in 0..4 {
            let put = Put::builder()
                .table_name(&self.table)
                .set_item(Some(key(&format!("PUT#{number}"))))
                .build()?;
            writes.push(TransactWriteItem::builder().put(put).build());
        }
        let made = writes.len();
        self.dynamo
            .transact_write_items()
            .set_transact_items(Some(writes))
            .send()
            .await?;
        Ok(made)
    }
}

fn key(sort: &str) -> HashMap<String, AttributeValue> {
    HashMap::from([
        ("PK".to_owned(), text("TENANT#floor")),
        ("SK".to_owned(), text(sort)),
    ])
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}
