//! The book in a browser, for the tests in `tests/`.
//!
//! [`run`] gives a test a [`Browser`] of its own, headless, in front of the whole book, which is
//! built as `mdbook build` does and served from memory on a free port. What a test waits for is a
//! condition on the page ([`Browser::wait_for`]); nobody sleeps.
//!
//! It needs Chromium and its driver: `apt-get install chromium chromium-driver`. Without them the
//! tests say that they were not run; where `CI` is set, they fail.

mod axe;
mod chrome;
mod made;
mod site;

use std::{
    env,
    io::{BufRead, BufReader},
    ops::Deref,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{
    Client, ClientBuilder,
    actions::{InputSource, KeyAction, KeyActions},
    error::CmdError,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

pub use fantoccini;
pub use made::{HOSTILE, MADE};
pub use serde_json;
pub use site::{SITE, Site};

/// How long a condition may take to come true. It is a matter of milliseconds; the rest is for
/// machines that are busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// Gives `test` a browser of its own, which is closed however the test ends.
///
/// # Panics
///
/// If the test does, and under CI if there is no browser.
pub fn run(test: impl AsyncFnOnce(&Browser)) {
    let (Some(chromium), Some(driver)) =
        (find(&["chromium", "chromium-browser", "google-chrome"]), find(&["chromedriver"]))
    else {
        let remedy = "no Chromium, or no chromedriver: `apt-get install chromium chromium-driver`";
        assert!(env::var_os("CI").is_none(), "{remedy}");
        eprintln!("not run: {remedy}");
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime for the browser's client");
    let driver = Driver::start(&driver);
    let browser = runtime.block_on(Browser::start(&driver, chromium));
    let result = panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&browser))));
    // Only a browser that is asked to go takes its processes and its folder with it.
    let closed = runtime.block_on(browser.client.close());
    match result {
        Ok(()) => closed.expect("the browser closes"),
        Err(panic) => panic::resume_unwind(panic),
    }
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

/// A running chromedriver.
struct Driver {
    process: Child,
    address: String,
}

/// How often chromedriver is started at most, and how often it is asked for a session.
const STARTS: usize = 20;
const SESSIONS: usize = 3;

impl Driver {
    /// chromedriver lets the system choose a port on one address, and then needs the same port on
    /// another, where somebody else may hold it: then it gives up (`bind() failed: Address already
    /// in use`), and is asked again for another port.
    ///
    /// # Panics
    ///
    /// If it has given up twenty times.
    fn start(program: &Path) -> Driver {
        for _ in 0..STARTS {
            let process = Command::new(program)
                .arg("--port=0")
                .stdout(Stdio::piped())
                .spawn()
                .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
            let mut driver = Driver { process, address: String::new() };
            let output = BufReader::new(driver.process.stdout.take().expect("it is piped"));
            let mut lines = output.lines().map_while(Result::ok);
            let port = lines.find_map(|line| {
                Some(line.split_once("successfully on port ")?.1.replace('.', ""))
            });
            if let Some(port) = port {
                driver.address = format!("http://127.0.0.1:{port}");
                return driver;
            }
        }
        panic!("{} did not find a port to listen on in {STARTS} starts", program.display());
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may be gone already; there is nothing else to do about it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A browser in front of the book. All that a [`Client`] can do, it can do too.
pub struct Browser {
    client: Client,
}

impl Deref for Browser {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Browser {
    async fn start(driver: &Driver, chromium: PathBuf) -> Browser {
        let capabilities = json!({
            "goog:chromeOptions": {
                "binary": chromium,
                "args": [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                    "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--window-size=1280,900",
                ],
            },
            // More than any condition is waited for.
            "timeouts": { "script": 300_000, "pageLoad": 300_000 },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().expect("it is one").clone());
        // Where a machine has a lot to do, Chromium may take longer to come up than its driver waits.
        let mut session = builder.connect(&driver.address).await;
        for _ in 1..SESSIONS {
            if session.is_err() {
                session = builder.connect(&driver.address).await;
            }
        }
        let client = session.expect("chromedriver gives a session");
        let browser = Browser { client };
        browser.goto("about:blank").await.expect("an empty page");
        browser.log("performance").await;
        browser
    }

    /// Opens a page of the book, `concurrent.html` or `concurrent.html#join`, anew.
    pub async fn open(&self, page: &str) {
        // With nothing but another fragment, the browser would stay on the page that it is on.
        self.goto("about:blank").await.expect("an empty page");
        self.goto(&SITE.url(page)).await.unwrap_or_else(|error| panic!("{page}: {error}"));
    }

    /// Lets the book have a theme, `light`, `rust`, `coal`, `navy` or `ayu`, from the next page
    /// that is opened.
    pub async fn choose_theme(&self, theme: &str) {
        self.open("404.html").await;
        self.eval(&format!("localStorage.setItem('mdbook-theme', '{theme}')")).await;
    }

    /// What a JavaScript expression evaluates to; a promise is waited for.
    pub async fn eval(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[0];
             (async () => ({expression}))().then(value => done({{ value }}), error => done({{ error: String(error) }}));"
        );
        let result = self.execute_async(&script, vec![]).await;
        let mut result = result.unwrap_or_else(|error| panic!("{expression}: {error}"));
        assert!(result["error"].is_null(), "{expression}: {}", result["error"]);
        result["value"].take()
    }

    /// Waits until a JavaScript expression is true.
    ///
    /// # Panics
    ///
    /// If it does not become true within a minute.
    pub async fn wait_for(&self, expression: &str) {
        let script = format!(
            "const [limit, done] = arguments;
             const end = performance.now() + limit;
             const look = () => {{
                 if ({expression}) done(true);
                 else if (performance.now() > end) done(false);
                 else setTimeout(look, 20);
             }};
             look();"
        );
        let limit = PATIENCE.as_millis() as u64;
        let result = self.execute_async(&script, vec![limit.into()]).await;
        let is_true = result.unwrap_or_else(|error| panic!("{expression}: {error}"));
        assert_eq!(is_true, true, "this does not become true: {expression}");
    }

    /// Presses and releases a key, a [`fantoccini::key::Key`] or a character, wherever the focus is.
    pub async fn press(&self, key: impl Into<char>) {
        let value = key.into();
        let stroke = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        self.perform_actions(stroke).await.expect("the page takes keys");
    }

    /// Types keys, [`fantoccini::key::Key`]s or text, into the element that has the focus. A modifier
    /// stays down until [`fantoccini::key::Key::Null`].
    pub async fn keys(&self, keys: impl Into<String>) {
        let focused = self.active_element().await.expect("something has the focus");
        focused.send_keys(&keys.into()).await.expect("the page takes keys");
    }

    /// What the console of the browser said since it was last asked: errors, and warnings.
    pub async fn console_errors(&self) -> Vec<String> {
        let said = self.log("browser").await;
        said.iter()
            .filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING")
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// The addresses that the browser requested since it was last asked, in their order.
    pub async fn requests(&self) -> Vec<String> {
        let log = self.log("performance").await;
        log.iter()
            .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok())
            .filter(|entry| entry["message"]["method"] == "Network.requestWillBeSent")
            .filter_map(|entry| {
                Some(entry["message"]["params"]["request"]["url"].as_str()?.to_owned())
            })
            .filter(|address| !address.starts_with("about:") && !address.starts_with("data:"))
            .collect()
    }

    /// Gives the page another size, in CSS pixels; a phone has 360 by 740.
    pub async fn resize(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Has the pages that are opened from now on run no script.
    pub async fn without_scripts(&self) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    }

    /// Has the page believe that it is for `media` (`print` or `screen`), and that the reader
    /// prefers what `features` say: `[("prefers-reduced-motion", "reduce")]`.
    pub async fn emulate(&self, media: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let media = json!({ "media": media, "features": features });
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    /// Calls a method of the [DevTools protocol](https://chromedevtools.github.io/devtools-protocol/).
    pub async fn devtools(&self, method: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": method, "params": parameters });
        let answer = self.chrome("goog/cdp/execute", body).await;
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let log = self.chrome("se/log", json!({ "type": kind })).await;
        log.expect("chromedriver keeps this log").as_array().cloned().unwrap_or_default()
    }

    async fn chrome(&self, endpoint: &'static str, body: Value) -> Result<Value, CmdError> {
        self.issue_cmd(chrome::Command { endpoint, body }).await
    }
}
