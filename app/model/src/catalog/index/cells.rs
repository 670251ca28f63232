//! One number a row: nothing, one item, or a list of items kept elsewhere.

use std::sync::Arc;

use super::bits::Bits;
use super::chunked::Chunked;

/// Rows a chunk; a multiple of 64, so that a chunk begins at a word of [`Bits`].
const CHUNK: usize = 512;
const LIST: u32 = 1 << 31;
const ELEMENT: u32 = 1 << 30;
const NOTHING: u32 = 0;
const VALUELESS: u32 = 1;
const FIRST: u32 = 2;

/// What a cell holds: a value's id, or that the key is there without a value (null, too long),
/// and whether it stood as a string in an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item(u32);

impl Item {
    pub(super) fn new(id: Option<u32>, element: bool) -> Self {
        let flag = if element { ELEMENT } else { 0 };
        Self(id.map_or(VALUELESS, |id| id + FIRST) | flag)
    }

    /// The value's id in the column's dictionary.
    pub(super) fn id(self) -> Option<u32> {
        (self.0 & !ELEMENT).checked_sub(FIRST)
    }

    pub(super) fn is_element(self) -> bool {
        self.0 & ELEMENT != 0
    }
}

/// The cells of a column: a few beside their rows, or one for every row.
#[derive(Debug, Clone)]
enum Numbers {
    Few(Arc<Vec<(u32, Item)>>),
    Many(Chunked<Item, CHUNK>),
}

/// The cells of a column.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    numbers: Numbers,
    lists: Chunked<Arc<[Item]>, 64>,
    free: Vec<u32>,
    /// How many rows have an item.
    rows: u32,
}

impl Default for Cells {
    fn default() -> Self {
        Self {
            numbers: Numbers::Few(Arc::default()),
            lists: Chunked::default(),
            free: Vec::new(),
            rows: 0,
        }
    }
}

impl Cells {
    /// The items of a row; none when it lacks the key.
    pub(super) fn items(&self, row: u32) -> &[Item] {
        let cell = match &self.numbers {
            Numbers::Few(few) => position(few, row)
                .ok()
                .and_then(|at| few.get(at))
                .map(|(_, cell)| cell),
            Numbers::Many(many) => many.get(row),
        };
        cell.map_or(&[], |cell| self.expand(cell))
    }

    /// Replaces the items of a row.
    pub(super) fn set(&mut self, row: u32, items: Vec<Item>) {
        let old = self.number(row);
        if old.0 & LIST != 0 {
            self.free_list(old.0 & !LIST);
        }
        let new = match items.as_slice() {
            [] => Item(NOTHING),
            [one] => *one,
            _ => self.keep_list(items),
        };
        self.rows += u32::from(new.0 != NOTHING);
        self.rows -= u32::from(old.0 != NOTHING);
        self.set_number(row, new);
    }

    /// Adds an item that the row does not have.
    pub(super) fn add(&mut self, row: u32, item: Item) {
        let items = self.items(row).iter().copied().chain([item]).collect();
        self.set(row, items);
    }

    /// How many rows have an item.
    pub(super) fn rows(&self) -> u32 {
        self.rows
    }

    /// Calls back with each row that has items, among those given, in order.
    pub(super) fn for_each(&self, within: &Bits, mut seen: impl FnMut(u32, &[Item])) {
        match &self.numbers {
            Numbers::Few(few) => {
                for (row, cell) in few.iter().filter(|(row, _)| within.contains(*row)) {
                    seen(*row, self.expand(cell));
                }
            }
            Numbers::Many(many) => {
                for (at, chunk) in (0u32..).zip(many.chunks()) {
                    self.for_each_in(at, chunk, within, &mut seen);
                }
            }
        }
    }

    fn for_each_in(
        &self,
        at: u32,
        chunk: &[Item],
        within: &Bits,
        seen: &mut impl FnMut(u32, &[Item]),
    ) {
        let words = CHUNK / 64 * at as usize;
        for (word, cells) in (words..).zip(chunk.chunks(64)) {
            let mut rest = within.word(word);
            while rest != 0 {
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                let Some(cell) = cells.get(bit as usize) else {
                    break;
                };
                if cell.0 != NOTHING {
                    #[expect(clippy::cast_possible_truncation, reason = "rows are u32")]
                    let row = word as u32 * 64 + bit;
                    seen(row, self.expand(cell));
                }
            }
        }
    }

    fn expand<'a>(&'a self, cell: &'a Item) -> &'a [Item] {
        match cell.0 {
            NOTHING => &[],
            list if list & LIST != 0 => self.lists.get(list & !LIST).map_or(&[], |list| list),
            _ => std::slice::from_ref(cell),
        }
    }

    fn number(&self, row: u32) -> Item {
        let nothing = Item(NOTHING);
        match &self.numbers {
            Numbers::Few(few) => position(few, row)
                .ok()
                .and_then(|at| few.get(at))
                .map_or(nothing, |(_, cell)| *cell),
            Numbers::Many(many) => many.get(row).copied().unwrap_or(nothing),
        }
    }

    fn set_number(&mut self, row: u32, cell: Item) {
        match &mut self.numbers {
            Numbers::Few(few) => {
                set_few(Arc::make_mut(few), row, cell);
                // One cell in 32 rows: from there on a cell for each row is smaller to search.
                if few.len() >= 64 && few.len() * 32 > row as usize {
                    self.spread();
                }
            }
            Numbers::Many(many) => {
                many.grow_to(row as usize + 1, &Item(NOTHING));
                if let Some(old) = many.get_mut(row) {
                    *old = cell;
                }
            }
        }
    }

    fn spread(&mut self) {
        let Numbers::Few(few) = &self.numbers else {
            return;
        };
        let mut many = Chunked::default();
        for (row, cell) in few.iter() {
            many.grow_to(*row as usize + 1, &Item(NOTHING));
            if let Some(old) = many.get_mut(*row) {
                *old = *cell;
            }
        }
        self.numbers = Numbers::Many(many);
    }

    fn keep_list(&mut self, items: Vec<Item>) -> Item {
        let list: Arc<[Item]> = items.into();
        if let Some(at) = self.free.pop() {
            if let Some(slot) = self.lists.get_mut(at) {
                *slot = list;
            }
            return Item(LIST | at);
        }
        self.lists.push(list);
        let at = u32::try_from(self.lists.len() - 1).unwrap_or(LIST - 1);
        Item(LIST | at)
    }

    fn free_list(&mut self, at: u32) {
        if let Some(slot) = self.lists.get_mut(at) {
            *slot = Arc::from([]);
        }
        self.free.push(at);
    }
}

fn position(few: &[(u32, Item)], row: u32) -> Result<usize, usize> {
    few.binary_search_by_key(&row, |(row, _)| *row)
}

fn set_few(few: &mut Vec<(u32, Item)>, row: u32, cell: Item) {
    match (position(few, row), cell.0) {
        (Ok(at), NOTHING) => {
            few.remove(at);
        }
        (Ok(at), _) => {
            if let Some(old) = few.get_mut(at) {
                old.1 = cell;
            }
        }
        (Err(_), NOTHING) => {}
        (Err(at), _) => few.insert(at, (row, cell)),
    }
}
