//! Made-up people, as many as are wanted.

use std::sync::Arc;

use clerk_tui::app::Book;
use clerk_tui::domain::{Fact, Facts, Page, Row, Status, Timestamp, UserId, UserPage, UserRow};

const FIRST: &str = "Emma Liam Olivia Noah Ava James Mia Henry Grace Jack Ruby Leo Ella Owen Harriet Oliver Isla \
    Alfie Alice Rhys Freya Callum Imogen Ewan Niamh Arthur Anna Lukas Lena Jonas Käthe Jürgen Chloé Hugo Zoé \
    Lucía Mateo Sofía Álvaro João Beatriz Giulia Matteo Zofia Łukasz Tereza Jiří Astrid Björn Aino Eero \
    Linh Minh Chinedu Amina Putri Budi Olga Ivan Dmitry";
const LAST: &str = "Smith Johnson Carter Brooks Hayes Foster Reed Bennett Coleman Ward Price Sullivan Perry Long \
    Hughes Clarke Fletcher Pemberton Whitaker Macleod Ashworth Barlow Holloway Kerr Sinclair Thorne Müller \
    Schäfer Weiß Krüger Vogel Dupont Lefèvre Moreau Garnier Rousseau García Muñoz Ortega Silva Souza Rossi \
    Ferrari Kowalski Novák Svoboda Lindström Bergman Virtanen Nieminen Jónsdóttir Nguyen Tran Okafor Balogun \
    Wijaya Santoso Ivanov Petrova Chen";
const DOMAINS: [&str; 8] = [
    "example.com",
    "example.org",
    "mail.example.net",
    "acme.example",
    "northwind.example",
    "initech.example",
    "posteo.example",
    "umbrella.example",
];
const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The newest was created then; each other one ten seconds before the last.
const NEWEST: i64 = 1_764_000_000_000;

/// Marsaglia's xorshift: the same numbers in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides
    }
}

/// Makes people, page by page.
pub struct People {
    dice: Dice,
    firsts: Vec<&'static str>,
    lasts: Vec<&'static str>,
    made: u32,
    all: u32,
    page: u32,
}

impl People {
    /// So many, with so many in a page.
    pub fn new(all: u32, page: u32) -> Self {
        Self {
            dice: Dice(0x9e37_79b9_7f4a_7c15),
            firsts: FIRST.split_whitespace().collect(),
            lasts: LAST.split_whitespace().collect(),
            made: 0,
            all,
            page,
        }
    }

    fn row(&mut self) -> UserRow {
        let n = i64::from(self.made);
        self.made += 1;
        let dice = &mut self.dice;
        let letters = (0..26).map(|_| char::from(LETTERS[dice.throw(LETTERS.len())]));
        let id: String = "user_".chars().chain(letters).collect();
        let first = self.firsts[dice.throw(self.firsts.len())];
        let last = self.lasts[dice.throw(self.lasts.len())];
        let number = dice.throw(10_000);
        let plain = |text: &str| {
            let ascii = text.to_lowercase().chars().filter(char::is_ascii).collect();
            String::into_boxed_str(ascii)
        };
        let domain = DOMAINS[dice.throw(DOMAINS.len())];
        let email = format!("{}.{}{number}@{domain}", plain(first), plain(last));
        let phone = (dice.throw(10) < 3).then(|| format!("+1555{:07}", dice.throw(10_000_000)));
        let username = (dice.throw(10) < 6).then(|| format!("{}{number}", plain(last)));
        let facts = Facts::from_iter([
            (Fact::Email, true),
            (Fact::Password, dice.throw(2) == 0),
            (Fact::Mfa, dice.throw(5) == 0),
        ]);
        let created = NEWEST - n * 10_000;
        UserRow {
            id: UserId::new(&id).unwrap(),
            name: format!("{first} {last}").into(),
            email: Some(email.into()),
            phone: phone.map(Into::into),
            username: username.map(Into::into),
            status: Status::of(facts, None),
            facts,
            created: Some(Timestamp::from_millis(created)),
            last_sign_in: Some(Timestamp::from_millis(created + 5_000)),
            last_active: Some(Timestamp::from_millis(created + 9_000)),
        }
    }
}

impl Iterator for People {
    type Item = Arc<UserPage>;

    fn next(&mut self) -> Option<Arc<UserPage>> {
        let rows = (self.all - self.made).min(self.page);
        let page = Page {
            rows: (0..rows).map(|_| Row::Read(self.row())).collect(),
            total: None,
            read_at: Timestamp::from_millis(NEWEST),
        };
        (rows > 0).then(|| Arc::new(UserPage::pack(page, |_| true)))
    }
}

/// A book of so many people.
pub fn book(people: u32) -> Book {
    let mut book = Book::default();
    for page in People::new(people, 500) {
        book.learn_page(&page);
    }
    book
}

/// The texts of everybody in a book, a line each.
pub fn lines(book: &Book) -> Vec<String> {
    let rows = book.rows();
    let page = |leaf| {
        let page = rows.page(leaf);
        (0..page.len()).map(|row| page.line(row).replace('\n', " "))
    };
    (0..rows.leaves()).flat_map(page).collect()
}
