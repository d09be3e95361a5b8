//! The book, built and served.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::{Arc, LazyLock},
    thread,
};

use mdbook_driver::{MDBook, config::Config};
use mdbook_listings::Listings;
use mdbook_theme::Theme;

/// The book, built once for all tests of a process.
pub static SITE: LazyLock<Site> = LazyLock::new(|| Site::start(Path::new(ROOT)));

/// The folder of the book.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A whole book, in memory, behind an address.
pub struct Site {
    files: Arc<BTreeMap<String, Vec<u8>>>,
    address: SocketAddr,
}

impl Site {
    /// Builds and serves the book in the folder `root`.
    pub(crate) fn start(root: &Path) -> Site {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut config = Config::from_disk(root.join("book.toml")).expect("book.toml");
        config.build.build_dir = folder.path().to_owned();
        let mut book = MDBook::load_with_config(root, config).expect("the book can be read");
        // In the place of the commands in book.toml, which are `cargo run`s and would wait for this
        // `cargo test`.
        book.with_preprocessor(Listings);
        book.with_preprocessor(Theme);
        book.build().unwrap_or_else(|error| panic!("the book does not build:\n{error:#}"));

        let mut files = BTreeMap::new();
        read(folder.path(), "", &mut files);
        let files = Arc::new(files);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let served = Arc::clone(&files);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let files = Arc::clone(&served);
                // One that breaks off is the browser's business.
                thread::spawn(move || answer(&files, connection));
            }
        });
        Site { files, address }
    }

    /// The address of a page, `concurrent.html#join`, or of any other file.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// The pages that a reader opens, but those for printing and for lost readers.
    pub fn pages(&self) -> Vec<&str> {
        let other = ["404.html", "print.html", "toc.html"];
        let pages = self.files.keys().map(String::as_str);
        pages.filter(|name| name.ends_with(".html") && !other.contains(name)).collect()
    }

    /// The content of a file.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }
}

fn answer(files: &BTreeMap<String, Vec<u8>>, connection: TcpStream) -> io::Result<()> {
    let mut request = BufReader::new(connection.try_clone()?);
    let mut line = String::new();
    request.read_line(&mut line)?;
    // All of it is read, or closing the connection would take the answer back.
    let mut header = String::new();
    while request.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = line.split(' ').nth(1).unwrap_or("/").trim_start_matches('/');
    let path = match path.split(['?', '#']).next().unwrap_or_default() {
        "" => "index.html",
        path => path,
    };
    let (status, path, body) = match (files.get(path), files.get("404.html")) {
        (Some(body), _) => ("200 OK", path, body),
        (None, Some(body)) => ("404 Not Found", "404.html", body),
        (None, None) => ("404 Not Found", "404.html", &Vec::new()),
    };
    let kind = match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
    let length = body.len();
    let mut connection = connection;
    write!(
        connection,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    connection.write_all(body)
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match path.is_dir() {
            true => read(&path, &format!("{prefix}{name}/"), files),
            false => {
                let content = fs::read(&path).expect("a file of the book");
                files.insert(format!("{prefix}{name}"), content);
            }
        }
    }
}
