//! As much of JSON Schema as the description of the API uses; what it does not know it refuses.

use serde_json::Value;

/// What of a value is not as a schema says, with the path to it.
pub(crate) fn problems(value: &Value, schema: &Value, document: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    hold(value, schema, document, "", &mut problems);
    problems
}

fn hold(value: &Value, schema: &Value, document: &Value, at: &str, problems: &mut Vec<String>) {
    let is_so = |schema: &Value| self::problems(value, schema, document).is_empty();
    for (keyword, expected) in schema.as_object().unwrap() {
        let list = || expected.as_array().unwrap();
        let holds = match keyword.as_str() {
            "description" | "title" | "default" => true,
            "$ref" => {
                let pointer = expected.as_str().unwrap().strip_prefix('#').unwrap();
                hold(value, document.pointer(pointer).unwrap(), document, at, problems);
                true
            }
            "type" => match expected {
                Value::Array(types) => types.iter().any(|one| is_of(value, one)),
                one => is_of(value, one),
            },
            "const" => value == expected,
            "enum" => list().contains(value),
            "anyOf" => list().iter().any(is_so),
            "oneOf" => list().iter().filter(|schema| is_so(schema)).count() == 1,
            "minimum" => value.as_f64().is_none_or(|number| number >= expected.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|list| list.len() as u64 >= expected.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|list| list.len() as u64 <= expected.as_u64().unwrap()),
            "required" => {
                value.as_object().is_none_or(|of| list().iter().all(|one| of.contains_key(one.as_str().unwrap())))
            }
            "properties" => {
                for (name, schema) in expected.as_object().unwrap() {
                    if let Some(value) = value.get(name) {
                        hold(value, schema, document, &format!("{at}/{name}"), problems);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = schema["properties"].as_object();
                let others = value.as_object().into_iter().flatten();
                for (name, value) in others.filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name))) {
                    match expected {
                        Value::Bool(true) => {}
                        Value::Bool(false) => problems.push(format!("{at}/{name} is not described")),
                        schema => hold(value, schema, document, &format!("{at}/{name}"), problems),
                    }
                }
                true
            }
            "items" => {
                for (n, value) in value.as_array().into_iter().flatten().enumerate() {
                    hold(value, expected, document, &format!("{at}/{n}"), problems);
                }
                true
            }
            // Of blobs in hexadecimal digits alone.
            "pattern" => value.as_str().is_none_or(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit())),
            other => panic!("{other} is no keyword that is known here"),
        };
        if !holds {
            problems.push(format!("{at}: {keyword} {expected} does not hold of {value}"));
        }
    }
}

fn is_of(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    }
}

#[test]
fn what_is_not_so_is_found() {
    let document: Value = serde_json::from_str(include_str!("../../../rapporteur-web/assets/openapi.json")).unwrap();
    let schema = &document["components"]["schemas"]["ArticleRef"];
    let article = |id: Value| serde_json::json!({ "id": id, "name": "a", "location": "a.txt", "published": null });
    assert_eq!(problems(&article("a".into()), schema, &document), [""; 0]);
    assert_eq!(problems(&article(1.into()), schema, &document).len(), 1);
    let mut more = article("a".into());
    more["more"] = Value::Null;
    assert_eq!(problems(&more, schema, &document), ["/more is not described"]);
}
