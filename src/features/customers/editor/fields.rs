//! What stands in each field of the form.

use leptos::prelude::*;
use portico_contract::customer::CustomField;

use super::super::typed::Typed;
use crate::ui::Entry;

/// One field of the company's own making, while it is being edited. It belongs to the form as long as that has it, not to the
/// button by which it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomRow {
    /// Tells it from the others, wherever it stands.
    pub key: usize,
    /// What it is called.
    pub name: ArcRwSignal<String>,
    /// What it holds.
    pub value: ArcRwSignal<String>,
}

/// What stands in each field.
#[derive(Clone, Copy)]
pub struct Fields {
    pub name: RwSignal<String>,
    pub kind: RwSignal<String>,
    pub status: RwSignal<String>,
    pub industry: RwSignal<String>,
    pub employees: RwSignal<Entry<i64>>,
    pub street: RwSignal<String>,
    pub postal_code: RwSignal<String>,
    pub city: RwSignal<String>,
    pub country: RwSignal<String>,
    pub website: RwSignal<String>,
    pub owner_id: RwSignal<String>,
    pub tags: RwSignal<Vec<String>>,
    pub language: RwSignal<String>,
    pub channel: RwSignal<String>,
    pub rows: RwSignal<Vec<CustomRow>>,
    next_row: StoredValue<usize>,
}

impl Fields {
    pub(super) fn new(typed: &Typed) -> Self {
        let fields = Self {
            name: RwSignal::default(),
            kind: RwSignal::default(),
            status: RwSignal::default(),
            industry: RwSignal::default(),
            employees: RwSignal::default(),
            street: RwSignal::default(),
            postal_code: RwSignal::default(),
            city: RwSignal::default(),
            country: RwSignal::default(),
            website: RwSignal::default(),
            owner_id: RwSignal::default(),
            tags: RwSignal::default(),
            language: RwSignal::default(),
            channel: RwSignal::default(),
            rows: RwSignal::default(),
            next_row: StoredValue::new(0),
        };
        fields.fill(typed);
        fields
    }

    /// What stands in them, tracked.
    pub(super) fn typed(self) -> Typed {
        let custom = |rows: &Vec<CustomRow>| {
            let field = |row: &CustomRow| CustomField {
                name: row.name.get(),
                value: row.value.get(),
            };
            rows.iter().map(field).collect()
        };
        Typed {
            name: self.name.get(),
            kind: self.kind.get(),
            status: self.status.get(),
            industry: self.industry.get(),
            employees: self.employees.get(),
            street: self.street.get(),
            postal_code: self.postal_code.get(),
            city: self.city.get(),
            country: self.country.get(),
            website: self.website.get(),
            owner_id: self.owner_id.get(),
            tags: self.tags.get(),
            language: self.language.get(),
            channel: self.channel.get(),
            custom_fields: self.rows.with(custom),
        }
    }

    /// Puts `typed` into them. A field that says it already is left alone, and with it whoever stands in it.
    pub(super) fn fill(self, typed: &Typed) {
        let lines = [
            (self.name, &typed.name),
            (self.kind, &typed.kind),
            (self.status, &typed.status),
            (self.industry, &typed.industry),
            (self.street, &typed.street),
            (self.postal_code, &typed.postal_code),
            (self.city, &typed.city),
            (self.country, &typed.country),
            (self.website, &typed.website),
            (self.owner_id, &typed.owner_id),
            (self.language, &typed.language),
            (self.channel, &typed.channel),
        ];
        for (field, text) in lines {
            if field.with_untracked(|now| now != text) {
                field.set(text.clone());
            }
        }
        if self.employees.with_untracked(|now| *now != typed.employees) {
            self.employees.set(typed.employees.clone());
        }
        if self.tags.with_untracked(|now| *now != typed.tags) {
            self.tags.set(typed.tags.clone());
        }
        if untrack(|| self.typed().custom_fields) != typed.custom_fields {
            let rows = typed.custom_fields.iter().map(|field| self.row(field));
            self.rows.set(rows.collect());
        }
    }

    fn row(self, field: &CustomField) -> CustomRow {
        let key = self.next_row.get_value();
        self.next_row.set_value(key + 1);
        CustomRow {
            key,
            name: ArcRwSignal::new(field.name.clone()),
            value: ArcRwSignal::new(field.value.clone()),
        }
    }

    /// Adds an empty field of the company's own making.
    pub fn add_row(self) {
        let row = self.row(&CustomField {
            name: String::new(),
            value: String::new(),
        });
        self.rows.update(|rows| rows.push(row));
    }

    /// Takes the field `key` away.
    pub fn remove_row(self, key: usize) {
        self.rows.update(|rows| rows.retain(|row| row.key != key));
    }
}
