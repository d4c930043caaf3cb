//! `rapporteur schema`: the shapes of what the program writes as JSON, in JSON Schema.
//!
//! Nothing is described here. Schemas are made of the types that are written, those of answers of the description of the
//! API. What is done to all of them: they are *closed*, so that a field that a schema does not have is an error.

use crate::arguments::SchemaArguments;
use crate::failure::Failure;
use crate::{Outcome, terminal};
use rapporteur_view::{annotation, case, document, explain, json, sources, verified};
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json as value};
use std::collections::BTreeSet;
use std::fs;

/// What is written, for a list, and what makes its schema.
type Kind = (&'static str, &'static str, fn() -> Value);

const KINDS: [Kind; 12] = [
    ("annotation", "a line of `parse`", || of(annotation::schema)),
    ("answer", "what a case answers, `--json` and the API alike", answer),
    ("article", "a line of `articles --json`", || of(json::article_schema)),
    ("bulk", "a line of the manifest of `bulk`", || of(rapporteur_bulk::schema)),
    ("correction", "a line of `correct CASE export`", || of(case::log_schema)),
    ("document", "`brief --format json`", || of(document::schema)),
    ("explanation", "`explain --json`", || of(explain::schema)),
    ("fetch", "a line of `fetch --json`", || of(rapporteur_engine::fetch::schema)),
    ("problem", "why the API gives no answer", problem),
    ("reading", "`read --json`", || of(json::schema)),
    ("sources", "`sources --json`", || of(sources::schema)),
    ("verified", "`verify --json`", || of(verified::schema)),
];

/// Lists the schemas, or writes one or all of them.
pub(crate) fn run(arguments: &SchemaArguments) -> Result<Outcome, Failure> {
    let made = KINDS.map(|(name, about, make)| {
        let mut schema = make();
        let called = format!("{name}-v{}", version(&schema).unwrap_or(1));
        head(&mut schema, &called, about);
        (name, called, about, format!("{schema:#}\n"))
    });
    if let Some(folder) = &arguments.out {
        let fail = |error: std::io::Error| {
            Failure::with_hint(format!("{}: {error}", folder.display()), "name a folder that can be written")
        };
        fs::create_dir_all(folder).map_err(fail)?;
        for (_, called, _, text) in &made {
            fs::write(folder.join(format!("{called}.json")), text).map_err(fail)?;
        }
        terminal::say(&format!("wrote {} schemas to {}", made.len(), folder.display()));
    } else if let Some(wanted) = &arguments.name {
        let known = made.iter().find(|(name, called, ..)| wanted == name || wanted == called);
        let (.., text) = known.ok_or_else(|| {
            Failure::with_hint(format!("no schema is named {wanted}"), "`rapporteur schema` lists them")
        })?;
        terminal::write_data(text)?;
    } else {
        let list: Vec<String> = made.iter().map(|(_, called, about, _)| format!("{called:<16}{about}\n")).collect();
        terminal::write_data(&list.concat())?;
    }
    Ok(Outcome::Done)
}

/// The schema of a type as it is written.
fn of(make: fn(SchemaGenerator) -> Schema) -> Value {
    let mut schema = make(SchemaSettings::draft2020_12().for_serialize().into_generator()).to_value();
    without_json(&mut schema);
    close(&mut schema, false);
    schema
}

/// All answers of a case. The description of the API leaves entries of the log open; here they have their own schema.
fn answer() -> Value {
    let mut definitions = described();
    let mut entry = of(case::log_schema);
    let entry = entry.as_object_mut().expect("a schema of a type is an object");
    if let Some(Value::Object(parts)) = entry.remove("$defs") {
        definitions.extend(parts);
    }
    entry.remove("$schema");
    definitions.values_mut().for_each(|definition| close(definition, false));
    definitions.insert("Entry".to_string(), Value::Object(std::mem::take(entry)));
    let answers = definitions.keys().filter(|name| name.ends_with("Answer"));
    let one_of: Vec<Value> = answers.map(|name| value!({ "$ref": format!("#/$defs/{name}") })).collect();
    with_definitions(value!({ "oneOf": one_of }), definitions)
}

fn problem() -> Value {
    let mut definitions = described();
    let problem = definitions.remove("Problem").expect("the API describes its problems");
    with_definitions(problem, definitions)
}

/// The schemas in the description of the API.
fn described() -> Map<String, Value> {
    let here = rapporteur_web::DESCRIPTION.replace("#/components/schemas/", "#/$defs/");
    let mut description: Value = serde_json::from_str(&here).expect("a test reads the description");
    match description["components"]["schemas"].take() {
        Value::Object(schemas) => schemas,
        _ => Map::new(),
    }
}

/// The schema with those of the definitions that it refers to.
fn with_definitions(mut schema: Value, mut definitions: Map<String, Value>) -> Value {
    let mut needed = BTreeSet::new();
    let mut new: Vec<String> = Vec::new();
    references(&schema, &mut new);
    while let Some(name) = new.pop() {
        if let Some(definition) = definitions.get(&name).filter(|_| needed.insert(name.clone())) {
            references(definition, &mut new);
        }
    }
    definitions.retain(|name, _| needed.contains(name));
    definitions.sort_keys();
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    if !definitions.is_empty() {
        schema["$defs"] = Value::Object(definitions);
    }
    schema
}

/// Adds the names of the definitions that a schema refers to.
fn references(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(parts) => {
            for (name, part) in parts {
                match part.as_str().and_then(|part| part.strip_prefix("#/$defs/")) {
                    Some(definition) if name == "$ref" => names.push(definition.to_string()),
                    _ => references(part, names),
                }
            }
        }
        Value::Array(parts) => parts.iter().for_each(|part| references(part, names)),
        _ => {}
    }
}

/// Puts what the schema is before everything else.
fn head(schema: &mut Value, called: &str, about: &str) {
    let Value::Object(parts) = schema else { return };
    let mut headed = Map::new();
    headed.insert("$schema".to_string(), parts.remove("$schema").unwrap_or_default());
    headed.insert("title".to_string(), format!("rapporteur {called}").into());
    headed.insert("description".to_string(), about.into());
    let rest = std::mem::take(parts).into_iter().filter(|(name, _)| name != "title" && name != "description");
    headed.extend(rest);
    *parts = headed;
}

/// The version that a schema asks for, where it asks for one.
fn version(schema: &Value) -> Option<u64> {
    let own = schema.pointer("/properties/version/const").and_then(Value::as_u64);
    own.or_else(|| schema.get("$defs")?.as_object()?.values().find_map(version))
}

/// Types that are there for JSON alone are named for it.
fn without_json(schema: &mut Value) {
    let named = |name: &str| name.strip_suffix("Json").unwrap_or(name).to_string();
    match schema {
        Value::Object(parts) => {
            if let Some(Value::String(reference)) = parts.get_mut("$ref") {
                *reference = named(reference);
            }
            if let Some(Value::Object(definitions)) = parts.get_mut("$defs") {
                let all = std::mem::take(definitions);
                let n_all = all.len();
                definitions.extend(all.into_iter().map(|(name, definition)| (named(&name), definition)));
                assert_eq!(definitions.len(), n_all, "two types have one name");
            }
            parts.values_mut().for_each(without_json);
        }
        Value::Array(parts) => parts.iter_mut().for_each(without_json),
        _ => {}
    }
}

/// Lets objects have no fields but those of their schema. A part of an object (`is_part`) is closed with the whole.
fn close(schema: &mut Value, is_part: bool) {
    let Value::Object(parts) = schema else { return };
    let is_object = parts.contains_key("properties");
    let mut is_put_together = false;
    for keyword in ["oneOf", "anyOf", "allOf"] {
        if let Some(Value::Array(choices)) = parts.get_mut(keyword) {
            is_put_together |= is_object;
            choices.iter_mut().for_each(|choice| close(choice, is_object || is_part));
        }
    }
    for keyword in ["properties", "$defs"] {
        if let Some(Value::Object(named)) = parts.get_mut(keyword) {
            named.values_mut().for_each(|schema| close(schema, false));
        }
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(schema) = parts.get_mut(keyword) {
            close(schema, false);
        }
    }
    if let Some(Value::Array(places)) = parts.get_mut("prefixItems") {
        places.iter_mut().for_each(|schema| close(schema, false));
    }
    if is_object && !is_part && !parts.contains_key("additionalProperties") {
        let keyword = if is_put_together { "unevaluatedProperties" } else { "additionalProperties" };
        parts.insert(keyword.to_string(), false.into());
    }
}
