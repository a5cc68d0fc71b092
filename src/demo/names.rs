//! Names of people, by language. A word that is not in Latin letters carries
//! its transliteration after a slash. Family names differ from one language to
//! the next, so that first and last name together name one person only.

use std::sync::LazyLock;

/// A name as it is written, and as it stands in an e-mail address.
pub(super) struct Name {
    pub native: &'static str,
    pub latin: String,
}

pub(super) struct Language {
    pub locale: &'static str,
    pub dial: &'static str,
    pub firsts: Vec<Name>,
    pub lasts: Vec<Name>,
}

/// How many first and how many last names each language has.
pub(super) const EACH: usize = 14;

type Row = (&'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("en-US", "1", "Emma Liam Olivia Noah Ava James Mia Henry Grace Jack Ruby Leo Ella Owen",
        "Smith Johnson Carter Brooks Hayes Foster Reed Bennett Coleman Ward Price Sullivan Perry Long"),
    ("en-GB", "44", "Harriet Oliver Isla Alfie Poppy Rhys Freya Callum Imogen Ewan Niamh Arthur Bronwen Hamish",
        "Hughes Clarke Fletcher Pemberton Whitaker Macleod Llewellyn Ashworth Barlow Redfern Holloway Kerr Sinclair Thorne"),
    ("de-DE", "49", "Anna Lukas Lena Jonas Greta Björn Käthe Jürgen Heike Uwe Sönke Ilse Ruth Friedrich",
        "Müller Schäfer Weiß Krüger Vogel Lange Brandt Köhler Jäger Huber Böhm Schröder Ziegler Großmann"),
    ("fr-FR", "33", "Chloé Hugo Zoé Jérôme Élodie Benoît Maëlle Rémi Inès Loïc Noémie Gaël Agnès Théo",
        "Dupont Lefèvre Moreau Garnier Rousseau Beaumont Chevalier Delacroix Perrin Fournier Gauthier Mercier Lemoine Béranger"),
    ("es-ES", "34", "Lucía Mateo Sofía Álvaro Begoña Íñigo Carmen Andrés Núria Joaquín Pilar Raúl Ximena Tomás",
        "García Muñoz Ibáñez Núñez Ortega Peña Quintana Salazar Villanueva Zabala Córdoba Echeverría Luján Yáñez"),
    ("pt-BR", "55", "João Beatriz Luíza Thiago Conceição Caio Lívia Vinícius Débora Rafael Antônia Murilo Cecília Otávio",
        "Silva Souza Conceição Guimarães Araújo Magalhães Brandão Falcão Assunção Pimentel Cavalcanti Nóbrega Teixeira Galvão"),
    ("it-IT", "39", "Giulia Matteo Chiara Niccolò Bianca Gennaro Ludovica Enzo Fiamma Pietro Viola Dario Noemi Ugo",
        "Rossi Ferrari Esposito Colombo Ricci Marchetti Bellini Conti Galli Lombardi Moretti Santoro Vitale Zanetti"),
    ("pl-PL", "48", "Zofia Łukasz Małgorzata Paweł Agnieszka Stanisław Jadwiga Wojciech Żaneta Kazimierz Bożena Szymon Grażyna Świętopełk",
        "Kowalski Wiśniewska Wójcik Dąbrowski Zieliński Szczęsny Krzyżanowska Łęcka Jabłoński Brzęczyszczykiewicz Górska Źrebiec Ćwik Ostrowska"),
    ("cs-CZ", "420", "Tereza Jiří Markéta Ondřej Eliška Řehoř Božena Čeněk Ludmila Vojtěch Žofie Štěpán Zdeňka Kryštof",
        "Novák Dvořáková Svoboda Procházka Černý Kučerová Veselý Růžička Šťastný Beneš Hájek Křížová Žižka Říha"),
    ("sv-SE", "46", "Astrid Björn Linnéa Håkan Göran Åsa Märta Örjan Saga Nils Ebba Sixten Tuva Viggo",
        "Lindström Åkesson Bergman Öberg Sjögren Nyström Hällström Engdahl Wallin Dahlgren Forsberg Hedlund Ekström Rask"),
    ("fi-FI", "358", "Aino Eero Väinö Päivi Jyrki Kyllikki Onni Tuulikki Yrjö Helmi Reijo Sisko Urho Lempi",
        "Virtanen Mäkinen Nieminen Hämäläinen Järvinen Koskinen Lehtonen Saarinen Kinnunen Pöyry Väisänen Räsänen Ylönen Äijälä"),
    ("is-IS", "354", "Þórdís Ásgeir Guðrún Sæmundur Ragnheiður Björk Hákon Ólöf Þorsteinn Eyþór Ísold Ægir Hrafn Sigríður",
        "Jónsdóttir Guðmundsson Þórðarson Ægisdóttir Björnsson Sæmundsdóttir Hallgrímsson Ketilsdóttir Úlfarsson Örvarsdóttir Ásmundsson Eiríksdóttir Hrafnsson Ýmisdóttir"),
    ("tr-TR", "90", "Ayşe Mehmet Zeynep İbrahim Çiğdem Oğuz Gülşen Barış Işıl Ömer Şule Kaan Nazlı Ümit",
        "Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Güneş Kılıç Doğan Erdoğdu Işık Tekin"),
    ("vi-VN", "84", "Linh Minh Hương Đức Thảo Quân Ngọc Dũng Yến Phúc Hạnh Tuấn Trâm Khôi",
        "Nguyễn Trần Lê Phạm Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương"),
    ("yo-NG", "234", "Ọláyínká Chinedu Folásadé Ngọzi Adébáyọ̀ Amina Ifeoma Babátúndé Zainab Emeka Títílayọ̀ Uche Yétúndé Obinna",
        "Okafor Adéyẹmí Balogun Eze Ọlátúnjí Nwosu Abiola Danjuma Ogunlesi Chukwu Bello Ìdòwú Onyekachi Suleiman"),
    ("id-ID", "62", "Putri Budi Siti Agus Dewi Rizky Wulan Joko Ayu Bambang Ratna Hendra Kartika Yusuf",
        "Wijaya Santoso Halim Pratama Kusuma Nugroho Siregar Lestari Hartono Gunawan Simanjuntak Permata Suharto Tanjung"),
    ("ru-RU", "7", "Анна/anna Иван/ivan Ольга/olga Дмитрий/dmitry Екатерина/ekaterina Сергей/sergey Наталья/natalya Павел/pavel Юлия/yulia Артём/artyom Ксения/ksenia Фёдор/fyodor Жанна/zhanna Илья/ilya",
        "Иванов/ivanov Петрова/petrova Смирнов/smirnov Кузнецова/kuznetsova Соколов/sokolov Морозова/morozova Волков/volkov Зайцева/zaitseva Щукин/shchukin Ершова/yershova Чехов/chekhov Юдина/yudina Цветков/tsvetkov Белова/belova"),
    ("uk-UA", "380", "Оксана/oksana Тарас/taras Соломія/solomiya Богдан/bohdan Леся/lesya Остап/ostap Марічка/marichka Андрій/andriy Їлья/yilya Ганна/hanna Юрій/yuriy Зоряна/zoriana Назар/nazar Дарина/daryna",
        "Шевченко/shevchenko Коваленко/kovalenko Бондар/bondar Ткачук/tkachuk Гончар/honchar Їжак/yizhak Мельник/melnyk Савчук/savchuk Лисенко/lysenko Кравець/kravets Поліщук/polishchuk Гнатюк/hnatiuk Романюк/romaniuk Яценко/yatsenko"),
    ("el-GR", "30", "Μαρία/maria Γιώργος/giorgos Ελένη/eleni Νίκος/nikos Αικατερίνη/aikaterini Δημήτρης/dimitris Σοφία/sofia Θανάσης/thanasis Ιωάννα/ioanna Ξένια/xenia Άρης/aris Φωτεινή/foteini Χρήστος/christos Ψηλορείτης/psiloreitis",
        "Παπαδόπουλος/papadopoulos Νικολαΐδης/nikolaidis Γεωργίου/georgiou Οικονόμου/oikonomou Αντωνίου/antoniou Μακρή/makri Καραγιάννης/karagiannis Βλάχος/vlachos Δημητρίου/dimitriou Ζαφείρη/zafeiri Ξανθόπουλος/xanthopoulos Θεοδώρου/theodorou Λάμπρου/lamprou Ρήγας/rigas"),
    ("ar-EG", "20", "فاطمة/fatima محمد/mohamed ليلى/layla أحمد/ahmed مريم/maryam خالد/khaled نور/nour يوسف/youssef سلمى/salma عمر/omar هند/hind طارق/tarek زينب/zeinab إبراهيم/ibrahim",
        "حسن/hassan المصري/elmasry عبدالله/abdallah منصور/mansour الشريف/elsherif فاروق/farouk نجيب/naguib السيد/elsayed رمضان/ramadan صبري/sabry عثمان/osman غالي/ghali زكي/zaki القاضي/elkady"),
    ("he-IL", "972", "נועה/noa דוד/david תמר/tamar יוסף/yosef שירה/shira אורי/uri מיכל/michal איתן/eitan רחל/rachel גיל/gil יעל/yael עומר/omer הדס/hadas צבי/zvi",
        "כהן/cohen לוי/levi מזרחי/mizrahi פרץ/peretz ביטון/biton אברהם/avraham פרידמן/friedman שפירא/shapira גולן/golan אזולאי/azoulay ברק/barak רוזן/rosen קליין/klein צור/tzur"),
    ("hi-IN", "91", "आरव/aarav प्रिया/priya अर्जुन/arjun दीपिका/deepika रोहन/rohan काव्या/kavya विक्रम/vikram अनन्या/ananya सूरज/suraj मीरा/meera ऋषि/rishi लक्ष्मी/lakshmi हर्ष/harsh नेहा/neha",
        "शर्मा/sharma वर्मा/verma गुप्ता/gupta सिंह/singh पटेल/patel अय्यर/iyer जोशी/joshi मिश्रा/mishra रेड्डी/reddy चौधरी/chaudhary कपूर/kapoor भट्ट/bhatt त्रिपाठी/tripathi नायर/nair"),
    ("th-TH", "66", "สมชาย/somchai มาลี/malee ณัฐ/nat พิมพ์/pim ธนา/thana สุดา/suda วิชัย/wichai อรุณ/arun กานต์/kan นภา/napa ปรีชา/preecha จันทร์/chan ศิริ/siri บุญมี/boonmee",
        "ใจดี/jaidee ทองดี/thongdee ศรีสุข/srisuk วงศ์ไทย/wongthai แก้วมณี/kaewmanee พรหม/phrom สุขใจ/sukjai รัตนะ/rattana บุญเรือง/boonruang ชัยชนะ/chaichana มั่นคง/mankhong เพชร/phet ดวงดี/duangdee ปัญญา/panya"),
    ("zh-CN", "86", "伟/wei 芳/fang 秀英/xiuying 娜/na 敏/min 静/jing 强/qiang 磊/lei 洋/yang 艳/yan 勇/yong 杰/jie 涛/tao 明/ming",
        "王/wang 李/li 张/zhang 刘/liu 赵/zhao 黄/huang 周/zhou 吴/wu 徐/xu 孙/sun 马/ma 朱/zhu 欧阳/ouyang 司马/sima"),
    ("ja-JP", "81", "結衣/yui 翔太/shota さくら/sakura 健一/kenichi 陽菜/hina 大輔/daisuke 美咲/misaki 蓮/ren あかり/akari 悠斗/yuto ハナコ/hanako 直樹/naoki 千尋/chihiro 拓海/takumi",
        "佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 伊藤/ito 渡辺/watanabe 山本/yamamoto 中村/nakamura 小林/kobayashi 加藤/kato 吉田/yoshida 山田/yamada 佐々木/sasaki 井上/inoue"),
    ("ko-KR", "82", "민준/minjun 서연/seoyeon 지후/jihu 하은/haeun 도윤/doyun 지우/jiwoo 예준/yejun 수아/sua 현우/hyunwoo 은지/eunji 성민/sungmin 유나/yuna 재현/jaehyun 다인/dain",
        "김/kim 박/park 최/choi 정/jung 강/kang 조/cho 윤/yoon 장/jang 임/lim 한/han 오/oh 신/shin 황보/hwangbo 남궁/namgung"),
];

/// The table, taken apart once.
pub(super) static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    TABLE
        .iter()
        .map(|&(locale, dial, firsts, lasts)| Language {
            locale,
            dial,
            firsts: words(firsts),
            lasts: words(lasts),
        })
        .collect()
});

fn words(row: &'static str) -> Vec<Name> {
    row.split(' ')
        .map(|word| match word.split_once('/') {
            Some((native, latin)) => Name {
                native,
                latin: latin.to_owned(),
            },
            None => Name {
                native: word,
                latin: folded(word),
            },
        })
        .collect()
}

/// Lower case, without accents: what stands before the @.
pub(super) fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'œ' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'þ' => out.push_str("th"),
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' | 'ạ' | 'ả' | 'ầ' | 'ặ' | 'ă' => {
                out.push('a');
            }
            'ç' | 'ć' | 'č' => out.push('c'),
            'ð' | 'ď' | 'đ' => out.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' | 'ẹ' | 'ế' | 'ễ' => out.push('e'),
            'ğ' => out.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ı' | 'ĩ' => out.push('i'),
            'ł' => out.push('l'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ọ' | 'ỗ' | 'ồ' | 'ơ' => out.push('o'),
            'ř' => out.push('r'),
            'ś' | 'š' | 'ş' => out.push('s'),
            'ť' => out.push('t'),
            'ù' | 'ú' | 'û' | 'ů' | 'ũ' | 'ụ' | 'ư' => out.push('u'),
            'ý' | 'ỳ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_language_is_whole_and_no_two_people_share_an_address() {
        let mut seen = HashSet::new();
        for language in LANGUAGES.iter() {
            assert_eq!(language.firsts.len(), EACH, "{}", language.locale);
            assert_eq!(language.lasts.len(), EACH, "{}", language.locale);
            for first in &language.firsts {
                for last in &language.lasts {
                    assert!(!first.latin.is_empty() && !last.latin.is_empty());
                    assert!(
                        seen.insert(format!("{}.{}", first.latin, last.latin)),
                        "{}.{}",
                        first.latin,
                        last.latin
                    );
                }
            }
        }
        assert!(seen.iter().all(|name| !name.contains("alice")));
    }
}
