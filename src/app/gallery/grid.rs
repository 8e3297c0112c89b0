//! A grid.

use leptos::prelude::*;

use super::frame::wide;
use crate::ui::{
    Button, ButtonSize, DataGrid, GridColumn, GridLayout, GridLink, GridRow, GridSelection, GridSort,
};

pub(super) fn parts() -> Vec<AnyView> {
    vec![wide("DataGrid", vec![grid()])]
}

/// A row, by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line(u32);

impl GridRow for Line {
    type Key = u32;

    fn key(&self) -> u32 {
        self.0
    }

    fn name(&self) -> String {
        format!("Row {}", self.0)
    }

    fn cell(self, column: &str) -> AnyView {
        if column == "name" {
            return view! { <GridLink href="#DataGrid".to_owned()>{self.name()}</GridLink> }.into_any();
        }
        view! { <span>{format!("{column} {}", self.0)}</span> }.into_any()
    }
}

fn grid() -> AnyView {
    let columns = vec![
        GridColumn::new("name", "Name", 12.0, 2.0).sortable(),
        GridColumn::new("place", "Place", 8.0, 1.0),
        GridColumn::new("owner", "Owner", 8.0, 1.0).sortable(),
    ];
    let sort = GridSort {
        column: "name",
        descending: false,
    };
    view! {
        <div style:display="flex" style:flex-direction="column" style:block-size="20rem">
            <DataGrid
                label="A grid" columns keys=Signal::stored((1..=100).collect::<Vec<u32>>())
                total=Signal::stored(100_u64) row=|index| u32::try_from(index + 1).ok().map(Line)
                layout=RwSignal::new(GridLayout::default()) selection=GridSelection::new()
                actions=|| view! { <Button label="Do it to them" size=ButtonSize::Small/> }
                sort=Some(sort) on_sort=|_| {} reset=Signal::stored(()) on_near_end=|()| {}
            />
        </div>
    }
    .into_any()
}
