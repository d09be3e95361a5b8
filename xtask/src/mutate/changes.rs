//! The changes that can be made to a program, found by parsing it.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    ops::Range,
};

use proc_macro2::{TokenStream, TokenTree};
use serde::Deserialize;
use syn::{
    Block, Expr, ExprAwait, ExprCall, ExprForLoop, ExprMethodCall, ExprRange, ExprStruct, FnArg,
    ItemConst, Lit, Local, Macro, Pat, PatIdent, Path, Signature, Stmt, Token,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    spanned::Spanned,
    token,
    visit::{self, Visit},
};

/// What is done to a program.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(try_from = "String")]
pub(crate) enum Kind {
    Delay,
    Capacity,
    AttemptLimit,
    StackSize,
    Await,
    SpawnIntoSet,
    Task,
    Join,
    SelectBranch,
    Biased,
    Timeout,
    Statement,
    Guard,
    MissedTicks,
    Swap,
}

impl Kind {
    /// All kinds, with their names in manifests and in the output.
    const NAMES: [(Kind, &str); 15] = [
        (Kind::Delay, "change a delay"),
        (Kind::Capacity, "change a capacity"),
        (Kind::AttemptLimit, "change an attempt limit"),
        (Kind::StackSize, "change a stack size"),
        (Kind::Await, "drop an await"),
        (Kind::SpawnIntoSet, "drop a spawn"),
        (Kind::Task, "take a call out of its task"),
        (Kind::Join, "turn a join into a series"),
        (Kind::SelectBranch, "drop a branch of a select"),
        (Kind::Biased, "drop biased"),
        (Kind::Timeout, "drop a timeout"),
        (Kind::Statement, "drop a statement"),
        (Kind::Guard, "drop a guard at once"),
        (Kind::MissedTicks, "change a missed-tick behavior"),
        (Kind::Swap, "swap two calls"),
    ];

    /// Whether a program with such a change behaves differently from run to run: tokio picks the
    /// branch that it polls first at random, unless it is told not to.
    pub(crate) fn is_random(self) -> bool {
        self == Kind::Biased
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (_, name) = Kind::NAMES.iter().find(|(kind, _)| kind == self).expect("all are named");
        f.write_str(name)
    }
}

impl TryFrom<String> for Kind {
    type Error = String;

    fn try_from(name: String) -> Result<Kind, String> {
        let found = Kind::NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(kind, _)| *kind).ok_or_else(|| {
            let names: Vec<_> = Kind::NAMES.iter().map(|(_, name)| format!("`{name}`")).collect();
            format!("there is no change `{name}`; use one of {}", names.join(", "))
        })
    }
}

/// A change of a program.
#[derive(Debug)]
pub(crate) struct Change {
    /// What is done.
    pub(crate) kind: Kind,
    /// The line of the program, counted from 1, where the change begins.
    pub(crate) line: usize,
    /// That line as the changed program has it, or `without` and the line that it no longer has.
    pub(crate) text: String,
    /// The changed program.
    pub(crate) program: String,
}

/// What [`find`] found in a program.
#[derive(Debug)]
pub(crate) struct Found {
    /// The changes, in the order of the program.
    pub(crate) changes: Vec<Change>,
    /// Lines and names of the macros whose arguments could not be read: in them, only `.await`s
    /// were found.
    pub(crate) unread: Vec<(usize, String)>,
    /// Whether the program runs on the wall clock: it is given the length of a second then.
    pub(crate) is_on_wall: bool,
}

/// Finds every change of a program.
pub(crate) fn find(program: &str) -> syn::Result<Found> {
    let file = syn::parse_file(program)?;
    let mut facts = Facts::default();
    facts.visit_file(&file);
    let is_on_wall = facts.is_on_wall;
    let mut finder =
        Finder { program, facts, edits: Vec::new(), spawns: HashSet::new(), numbered: Vec::new() };
    finder.visit_file(&file);
    finder.awaits(program.parse::<TokenStream>().map_err(syn::Error::from)?);
    finder.swaps();

    let mut edits = finder.edits;
    edits.sort_by_key(|(_, edit)| edit[0].0.start);
    let mut seen = HashSet::from([program.to_owned()]);
    let changes = edits.into_iter().filter_map(|(kind, edit)| {
        let change = apply(program, kind, edit);
        seen.insert(change.program.clone()).then_some(change)
    });
    Ok(Found { changes: changes.collect(), unread: finder.facts.unread, is_on_wall })
}

/// Texts to put in the place of others, which are given by their bytes.
type Edit = Vec<(Range<usize>, String)>;

fn apply(program: &str, kind: Kind, mut edit: Edit) -> Change {
    edit.sort_by_key(|(range, _)| range.start);
    let start = edit[0].0.start;
    let mut changed = program.to_owned();
    for (range, text) in edit.iter().rev() {
        changed.replace_range(range.clone(), text);
    }
    let line = program[..start].matches('\n').count();
    let before = program.lines().nth(line).unwrap_or_default().trim();
    let after = changed.lines().nth(line).unwrap_or_default().trim();
    let text = if after.is_empty() { format!("without {before}") } else { after.to_owned() };
    Change { kind, line: line + 1, text, program: changed }
}

/// What has to be known of the whole program before its changes are looked for.
#[derive(Default)]
struct Facts {
    is_on_wall: bool,
    /// For functions with a parameter that limits attempts: which one it is.
    limits: HashMap<String, usize>,
    /// The constants that say how large a stack is.
    stack_sizes: HashSet<String>,
    unread: Vec<(usize, String)>,
}

impl<'ast> Visit<'ast> for Facts {
    fn visit_signature(&mut self, signature: &'ast Signature) {
        for (i, input) in signature.inputs.iter().enumerate() {
            let FnArg::Typed(parameter) = input else { continue };
            let Pat::Ident(PatIdent { ident, .. }) = &*parameter.pat else { continue };
            if is_limit(&ident.to_string()) {
                self.limits.insert(signature.ident.to_string(), i);
            }
            if ident == "second" {
                self.is_on_wall |= matches!(&*parameter.ty, syn::Type::Path(ty)
                    if is_called(&ty.path, &["Duration"]));
            }
        }
        visit::visit_signature(self, signature);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if call.method == "stack_size" {
            for argument in &call.args {
                if let Some(name) = variable(argument) {
                    self.stack_sizes.insert(name);
                }
            }
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        match Arguments::read(call) {
            Some(arguments) => arguments.visit(self),
            None => {
                let line = call.span().start().line;
                self.unread.push((line, name_of(&call.path)));
            }
        }
    }
}

/// Whether a name is that of a limit of attempts.
fn is_limit(name: &str) -> bool {
    ["attempts", "retries", "tries"].contains(&name.to_lowercase().trim_start_matches("max_"))
}

/// Calls whose first argument says how much of something there is, and methods of that kind.
const CAPACITIES: [&str; 3] = ["Semaphore::new", "Barrier::new", "channel"];
const CAPACITY_METHODS: [&str; 9] = [
    "acquire_many",
    "acquire_many_owned",
    "buffer_unordered",
    "buffered",
    "chunks",
    "for_each_concurrent",
    "skip",
    "take",
    "worker_threads",
];
/// Methods that are called for what they do to others.
const EFFECTS: [&str; 7] = [
    "abort",
    "abort_all",
    "cancel",
    "close",
    "notify_one",
    "notify_waiters",
    "shutdown_background",
];

struct Finder<'p> {
    program: &'p str,
    facts: Facts,
    edits: Vec<(Kind, Edit)>,
    /// Where those calls of `spawn` begin whose change was found from what is around them.
    spawns: HashSet<usize>,
    /// The calls whose first argument is a number: name, place and number.
    numbered: Vec<(String, Range<usize>)>,
}

impl Finder<'_> {
    fn add(&mut self, kind: Kind, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((kind, vec![(range, text.into())]));
    }

    fn text(&self, node: &impl Spanned) -> &str {
        &self.program[bytes(node)]
    }

    /// Makes a number larger by one, if it is one.
    fn increase(&mut self, kind: Kind, expr: &Expr) {
        if let Some((range, value)) = number(expr) {
            self.add(kind, range, (value + 1).to_string());
        }
    }

    /// A limit of attempts, one more and one less.
    fn change_limit(&mut self, expr: &Expr) {
        if let Some((range, value)) = number(expr) {
            self.add(Kind::AttemptLimit, range.clone(), (value + 1).to_string());
            if value > 0 {
                self.add(Kind::AttemptLimit, range, (value - 1).to_string());
            }
        }
    }

    fn halve(&mut self, expr: &Expr) {
        let half = format!("({}) / 2", self.text(expr));
        self.add(Kind::StackSize, bytes(expr), half);
    }

    /// Takes the call out of its task that a `spawn` gets, if it is a `spawn`; `end` is where
    /// that ends which is replaced.
    fn unspawn(&mut self, call: &Expr, end: usize, more: &str) {
        let Some(task) = spawned(call) else { return };
        let start = bytes(call).start;
        if self.spawns.insert(start) {
            let text = format!("{}{more}", self.text(task));
            self.add(Kind::Task, start..end, text);
        }
    }

    fn numbered_call(&mut self, name: String, arguments: &Punctuated<Expr, Token![,]>) {
        if let [first, _, ..] = &*arguments.iter().collect::<Vec<_>>()
            && let Some((range, _)) = number(first)
        {
            self.numbered.push((name, range));
        }
    }

    /// Finds each `.await`, in the arguments of macros as well.
    fn awaits(&mut self, tokens: TokenStream) {
        let mut dot = None;
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.awaits(group.stream()),
                TokenTree::Punct(punct) if punct.as_char() == '.' => {
                    dot = Some(punct.span().byte_range().start);
                    continue;
                }
                TokenTree::Ident(ident) if ident == "await" => {
                    if let Some(start) = dot {
                        self.add(Kind::Await, start..ident.span().byte_range().end, "");
                    }
                }
                _ => {}
            }
            dot = None;
        }
    }

    /// Swaps the numbers of each two calls of a function that follow each other.
    fn swaps(&mut self) {
        let mut numbered = std::mem::take(&mut self.numbered);
        numbered.sort_by_key(|(_, range)| range.start);
        for pair in numbered.windows(2) {
            let [(one, first), (other, second)] = pair else { continue };
            if one == other {
                let [one, other] = [first, second].map(|range| self.program[range.clone()].into());
                self.edits.push((Kind::Swap, vec![(first.clone(), other), (second.clone(), one)]));
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(function) = &*call.func {
            let path = &function.path;
            let first = call.args.first();
            if is_called(path, &["from_secs", "from_millis"])
                && let Some(first) = first
            {
                // On the wall clock, `from_secs(1)` is the length of a second, and no delay.
                let is_second = self.facts.is_on_wall && number(first).is_some_and(|n| n.1 == 1);
                if !is_second {
                    self.increase(Kind::Delay, first);
                }
            }
            if is_called(path, &CAPACITIES)
                && let Some(first) = first
            {
                self.increase(Kind::Capacity, first);
            }
            let name = name_of(path);
            if let Some(limit) = self.facts.limits.get(&name).and_then(|&i| call.args.get(i)) {
                self.change_limit(limit);
            }
            self.numbered_call(name, &call.args);
        }
        visit::visit_expr_call(self, call);
        // What is around it had its turn.
        if spawned_by(call).is_some() {
            let call = Expr::Call(call.clone());
            let end = bytes(&call).end;
            self.unspawn(&call, end, "");
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let name = call.method.to_string();
        if let Some(first) = call.args.first() {
            if CAPACITY_METHODS.contains(&&*name) {
                self.increase(Kind::Capacity, first);
            }
            if name == "stack_size" {
                self.halve(first);
            }
        }
        // `[5, 8, 2].map(Duration::from_secs)`
        if name == "map"
            && let Expr::Array(delays) = &*call.receiver
            && let Some(Expr::Path(function)) = call.args.first()
            && is_called(&function.path, &["from_secs", "from_millis"])
        {
            for delay in &delays.elems {
                self.increase(Kind::Delay, delay);
            }
        }
        if name == "unwrap"
            && let Expr::Await(ExprAwait { base, .. }) = &*call.receiver
        {
            self.unspawn(base, bytes(call).end, ".await");
        }
        if let Some(&i) = self.facts.limits.get(&name)
            && let Some(limit) = i.checked_sub(1).and_then(|i| call.args.get(i))
        {
            self.change_limit(limit);
        }
        self.numbered_call(name, &call.args);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_binary(&mut self, product: &'ast syn::ExprBinary) {
        // `5 * second`, `second / 2`
        let mut factors = Vec::new();
        collect_factors(product, &mut factors);
        if factors.iter().any(|factor| variable(factor).is_some_and(|name| name == "second")) {
            for factor in factors {
                self.increase(Kind::Delay, factor);
            }
        }
        visit::visit_expr_binary(self, product);
    }

    fn visit_expr_await(&mut self, awaited: &'ast ExprAwait) {
        if let Expr::Call(call) = &*awaited.base
            && let Expr::Path(function) = &*call.func
            && is_called(&function.path, &["timeout", "timeout_at"])
            && let [_, future] = &*call.args.iter().collect::<Vec<_>>()
        {
            let value =
                format!("Ok::<_, tokio::time::error::Elapsed>({}.await)", self.text(future));
            self.add(Kind::Timeout, bytes(awaited), value);
        }
        visit::visit_expr_await(self, awaited);
    }

    fn visit_expr_range(&mut self, range: &'ast ExprRange) {
        if let Some(end) = &range.end
            && variable(end).is_some_and(|name| is_limit(&name))
        {
            for by in ["+ 1", "- 1"] {
                let text = format!("{} {by}", self.text(end));
                self.add(Kind::AttemptLimit, bytes(end), text);
            }
        }
        visit::visit_expr_range(self, range);
    }

    fn visit_expr_for_loop(&mut self, attempts: &'ast ExprForLoop) {
        // `for attempt in [2, 3]`
        if let Pat::Ident(PatIdent { ident, .. }) = &*attempts.pat
            && is_limit(&format!("{ident}s"))
            && let Expr::Array(numbers) = &*attempts.expr
            && let [.., kept, last] = &*numbers.elems.iter().collect::<Vec<_>>()
        {
            self.add(Kind::AttemptLimit, bytes(kept).end..bytes(last).end, "");
        }
        visit::visit_expr_for_loop(self, attempts);
    }

    fn visit_expr_struct(&mut self, literal: &'ast ExprStruct) {
        for field in &literal.fields {
            if let syn::Member::Named(name) = &field.member
                && is_limit(&name.to_string())
            {
                self.change_limit(&field.expr);
            }
        }
        visit::visit_expr_struct(self, literal);
    }

    fn visit_item_const(&mut self, constant: &'ast ItemConst) {
        let name = constant.ident.to_string();
        if self.facts.stack_sizes.contains(&name) {
            self.halve(&constant.expr);
        } else if is_limit(&name) {
            self.change_limit(&constant.expr);
        } else {
            self.increase(Kind::Capacity, &constant.expr);
        }
        visit::visit_item_const(self, constant);
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        if let Stmt::Expr(expr, Some(_)) = statement {
            self.unspawn(expr, bytes(expr).end, ".await");
            let simple = |arguments: &Punctuated<Expr, _>| {
                arguments.len() <= 1 && arguments.iter().all(|one| variable(one).is_some())
            };
            let is_effect = match expr {
                Expr::Call(call) => {
                    matches!(&*call.func, Expr::Path(path) if is_called(&path.path, &["drop"]))
                        && simple(&call.args)
                }
                Expr::MethodCall(call) => {
                    EFFECTS.contains(&&*call.method.to_string()) && simple(&call.args)
                }
                _ => false,
            };
            if is_effect {
                self.add(Kind::Statement, bytes(statement), "");
            }
            if let Expr::MethodCall(call) = expr
                && call.method == "spawn"
                && let Some(task) = call.args.first()
            {
                let text = format!("drop({})", self.text(task));
                self.add(Kind::SpawnIntoSet, bytes(expr), text);
            }
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let Pat::Ident(PatIdent { ident, .. }) = &local.pat
            && let Some(init) = &local.init
        {
            let name = ident.to_string();
            if name.starts_with('_') {
                self.add(Kind::Guard, bytes(&local.pat), "_");
            }
            if is_limit(&name) {
                self.change_limit(&init.expr);
            }
            if let Some(task) = spawned(&init.expr) {
                self.spawns.insert(bytes(&*init.expr).start);
                let mut edit = vec![(bytes(&*init.expr), self.text(task).to_owned())];
                // The call itself gives its value, and no `Result`.
                let result = format!("{name}.await.unwrap()");
                for (start, _) in self.program.match_indices(&result) {
                    let before = self.program[..start].chars().next_back();
                    if !before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                        let awaited = format!("{name}.await");
                        edit.push((start..start + result.len(), awaited));
                    }
                }
                self.edits.push((Kind::Task, edit));
            }
        }
        visit::visit_local(self, local);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let segments: Vec<_> = path.segments.iter().collect();
        if let [.., behavior, which] = &*segments
            && behavior.ident == "MissedTickBehavior"
        {
            let next = match which.ident.to_string().as_str() {
                "Burst" => "Delay",
                "Delay" => "Skip",
                "Skip" => "Burst",
                _ => return,
            };
            self.add(Kind::MissedTicks, bytes(&which.ident), next);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let Some(arguments) = Arguments::read(call) else { return };
        match &arguments {
            Arguments::Join(Biased { biased, rest: futures }) => {
                let can_fail = is_called(&call.path, &["try_join"]);
                let one_by_one = futures.iter().map(|future| {
                    let text = self.text(future);
                    let is_simple =
                        matches!(future, Expr::Path(_) | Expr::Call(_) | Expr::MethodCall(_));
                    let text = if is_simple { text.to_owned() } else { format!("({text})") };
                    format!("{text}.await{}", if can_fail { "?" } else { "" })
                });
                let series = format!("({})", one_by_one.collect::<Vec<_>>().join(", "));
                let series = if can_fail { format!("Ok({series})") } else { series };
                self.add(Kind::Join, bytes(call), series);
                self.add_biased(biased);
            }
            Arguments::Select(Biased { biased, rest: branches }) => {
                if branches.len() > 1 {
                    for branch in branches {
                        self.add(Kind::SelectBranch, branch.bytes.clone(), "");
                    }
                }
                self.add_biased(biased);
            }
            Arguments::Expressions(_) | Arguments::Statements(_) => {}
        }
        arguments.visit(self);
    }
}

impl Finder<'_> {
    fn add_biased(&mut self, biased: &Option<Range<usize>>) {
        if let Some(range) = biased {
            self.add(Kind::Biased, range.clone(), "");
        }
    }
}

/// The arguments of a macro, as far as they can be known.
enum Arguments {
    Join(Biased<Vec<Expr>>),
    Select(Biased<Vec<Branch>>),
    Expressions(Punctuated<Expr, Token![,]>),
    Statements(Vec<Stmt>),
}

impl Arguments {
    fn read(call: &Macro) -> Option<Arguments> {
        let tokens = call.tokens.clone();
        match name_of(&call.path).as_str() {
            "join" | "try_join" => Biased::<Vec<Expr>>::parse.parse2(tokens).map(Arguments::Join),
            "select" => Biased::<Vec<Branch>>::parse.parse2(tokens).map(Arguments::Select),
            _ => Punctuated::parse_terminated
                .parse2(tokens.clone())
                .map(Arguments::Expressions)
                .or_else(|_| Block::parse_within.parse2(tokens).map(Arguments::Statements)),
        }
        .ok()
    }

    fn visit<V: for<'ast> Visit<'ast>>(&self, visitor: &mut V) {
        match self {
            Arguments::Join(futures) => {
                futures.rest.iter().for_each(|future| visitor.visit_expr(future));
            }
            Arguments::Select(branches) => {
                for branch in &branches.rest {
                    branch.parts.iter().for_each(|part| visitor.visit_expr(part));
                }
            }
            Arguments::Expressions(all) => all.iter().for_each(|expr| visitor.visit_expr(expr)),
            Arguments::Statements(all) => all.iter().for_each(|one| visitor.visit_stmt(one)),
        }
    }
}

/// `biased;`, if it is there, and what follows.
struct Biased<T> {
    biased: Option<Range<usize>>,
    rest: T,
}

impl<T> Biased<T> {
    fn read(input: ParseStream, rest: fn(ParseStream) -> syn::Result<T>) -> syn::Result<Self> {
        let is_biased = input.fork().parse::<syn::Ident>().is_ok_and(|word| word == "biased")
            && input.peek2(Token![;]);
        let biased = if is_biased {
            let start = bytes(&input.parse::<syn::Ident>()?).start;
            Some(start..bytes(&input.parse::<Token![;]>()?).end)
        } else {
            None
        };
        Ok(Biased { biased, rest: rest(input)? })
    }
}

impl Parse for Biased<Vec<Expr>> {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        Biased::read(input, |input| {
            let futures = Punctuated::<Expr, Token![,]>::parse_terminated(input)?;
            Ok(futures.into_iter().collect())
        })
    }
}

impl Parse for Biased<Vec<Branch>> {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        Biased::read(input, |input| {
            let mut branches = Vec::new();
            while !input.is_empty() {
                branches.push(input.parse()?);
            }
            Ok(branches)
        })
    }
}

/// A branch of a `select!`: where it is, with its comma, and the expressions in it.
struct Branch {
    bytes: Range<usize>,
    parts: Vec<Expr>,
}

impl Parse for Branch {
    fn parse(input: ParseStream) -> syn::Result<Branch> {
        let start = input.span().byte_range().start;
        let mut parts = Vec::new();
        if input.peek(Token![else]) {
            input.parse::<Token![else]>()?;
        } else {
            Pat::parse_multi_with_leading_vert(input)?;
            input.parse::<Token![=]>()?;
            parts.push(input.parse()?);
            if input.peek(Token![,]) {
                input.parse::<Token![,]>()?;
                input.parse::<Token![if]>()?;
                parts.push(input.parse()?);
            }
        }
        input.parse::<Token![=>]>()?;
        let handler = if input.peek(token::Brace) {
            Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: input.parse()? })
        } else {
            input.parse()?
        };
        let mut end = bytes(&handler).end;
        parts.push(handler);
        if input.peek(Token![,]) {
            end = bytes(&input.parse::<Token![,]>()?).end;
        }
        Ok(Branch { bytes: start..end, parts })
    }
}

fn bytes(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

/// A literal number: where it is, and its value.
fn number(expr: &Expr) -> Option<(Range<usize>, u64)> {
    let Expr::Lit(literal) = expr else { return None };
    let Lit::Int(value) = &literal.lit else { return None };
    Some((bytes(value), value.base10_parse().ok()?))
}

/// The name of a variable or of a constant.
fn variable(expr: &Expr) -> Option<String> {
    let Expr::Path(path) = expr else { return None };
    path.path.get_ident().map(ToString::to_string)
}

fn name_of(path: &Path) -> String {
    path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
}

/// Whether a path ends with one of these names.
fn is_called(path: &Path, names: &[&str]) -> bool {
    names.iter().any(|name| {
        let mut segments = path.segments.iter().rev();
        name.rsplit("::").all(|part| segments.next().is_some_and(|segment| segment.ident == part))
    })
}

/// The future that `spawn`, `tokio::spawn` or `task::spawn` gets.
fn spawned(expr: &Expr) -> Option<&Expr> {
    let Expr::Call(call) = expr else { return None };
    spawned_by(call)
}

fn spawned_by(call: &ExprCall) -> Option<&Expr> {
    let Expr::Path(function) = &*call.func else { return None };
    let segments: Vec<_> =
        function.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let is_spawn = match &*segments {
        [spawn] => spawn == "spawn",
        [.., module, spawn] => spawn == "spawn" && (module == "tokio" || module == "task"),
        [] => false,
    };
    if is_spawn { call.args.first() } else { None }
}

/// The factors of a product or quotient.
fn collect_factors<'e>(product: &'e syn::ExprBinary, factors: &mut Vec<&'e Expr>) {
    if !matches!(product.op, syn::BinOp::Mul(_) | syn::BinOp::Div(_)) {
        return;
    }
    for side in [&*product.left, &*product.right] {
        match side {
            Expr::Binary(more) => collect_factors(more, factors),
            factor => factors.push(factor),
        }
    }
}

#[cfg(test)]
mod tests;
