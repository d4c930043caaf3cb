//! The help that teaches the commands over a case.

pub(in crate::arguments) const BRIEF_EXAMPLES: &str = "\
Shows the state of play in a case: how much it holds, who speaks most, positions, what most independent origins \
report, where accounts cannot all stand, and the end of the timeline. (!) marks what may rest on one origin alone. The \
dim line under each item is its id, which `show` and `correct` take.

With a format or a file it is a document to hand over: state of play, parties and positions, who said what, meetings and \
timeline, what changed since the last run, where accounts differ and what rests on one origin, sources and their lineage. \
Every line has a note with the article, its date and the exact words. A file that is there is replaced only by a brief of \
its own kind.

Examples:
  rapporteur brief talks.case
  rapporteur brief talks.case --json | jq .answer.summary
  rapporteur brief talks.case --out brief.docx
  rapporteur brief talks.case --length page --out brief.html
  rapporteur brief talks.case --format markdown | less

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(in crate::arguments) const WHO_EXAMPLES: &str = "\
Shows who is spoken of, those that speak most first: names, the state or organisation for which somebody speaks, a role, \
and how much is said by and of each.

Examples:
  rapporteur who talks.case
  rapporteur who talks.case Karsk --kind person

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(in crate::arguments) const POSITIONS_EXAMPLES: &str = "\
Shows what each party holds on each issue, in its exact words: demands, offers, refusals, threats and others, by time, \
with what they depend on and where a party came to hold something else.

Examples:
  rapporteur positions talks.case
  rapporteur positions talks.case --party Karsk --issue customs

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(in crate::arguments) const TIMELINE_EXAMPLES: &str = "\
Shows what has a date, by time: what happened, what was said, what is planned, what lies behind.

Examples:
  rapporteur timeline talks.case
  rapporteur timeline talks.case --from 2024-03-12 --to 2024-03-15 --kind happening

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(in crate::arguments) const TENSIONS_EXAMPLES: &str = "\
Shows where accounts cannot all stand as written, with the words of each side, and what changed over time.

Examples:
  rapporteur tensions talks.case
  rapporteur tensions talks.case --kind number --json

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(in crate::arguments) const SHOW_EXAMPLES: &str = "\
Shows what an id leads to, with all of its words: an item of the story, also by an id that it had before, an article with \
its text, a correction, or the gap that an article has left.

Examples:
  rapporteur show talks.case person/oren-vale
  rapporteur show talks.case meridian-press

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(in crate::arguments) const RUNS_EXAMPLES: &str = "\
Lists what was done to a case: when, by which version of the program, with which settings, and what came of it.

Examples:
  rapporteur runs talks.case --json

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(in crate::arguments) const SEARCH_EXAMPLES: &str = "\
Finds acts of speech and paragraphs. Words are found in whatever form (sanction finds sanctions), and all of them must be \
there; a phrase in quotation marks must stand just so. Fields narrow it to acts of speech: speaker:NAME, party:NAME, \
class:CLASS (speech, demand, offer, refusal, threat, denial …), and to days: from:DATE, to:DATE, date:DATE, with a \
year, a month or a day.

Examples:
  rapporteur search talks.case boats strait
  rapporteur search talks.case '\"six months\"'
  rapporteur search talks.case party:Karsk class:demand from:2024-03-01
  rapporteur search talks.case speaker:\"Oren Vale\" --json

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(in crate::arguments) const CORRECT_EXAMPLES: &str = "\
Puts something right by hand. A correction is an entry of a log that is only ever added to: it names what it is about by \
words of articles, is replayed whenever the story is told, and holds when articles are added or read again. One whose words \
are gone is listed as orphaned. Undo is another entry. Two people join their work by exporting and importing the log.

IDs stand under what the other commands show. Reliability is that of a source, from A (completely reliable) to F (cannot \
be judged); credibility is that of information, from 1 (confirmed) to 6 (cannot be judged).

Examples:
  rapporteur correct talks.case merge person/oren-vale person/vale
  rapporteur correct talks.case split person/vale --article blog
  rapporteur correct talks.case attribute utterance/36682836295b550d/s150-225 --speaker \"Oren Vale\"
  rapporteur correct talks.case reject utterance/36682836295b550d/s150-225 --because \"a heading\"
  rapporteur correct talks.case rate \"Amber Line\" --reliability B
  rapporteur correct talks.case add agency \"no boats in June\" --class refusal
  rapporteur correct talks.case list --orphaned
  rapporteur correct talks.case export > mine.jsonl
  rapporteur correct talks.case import theirs.jsonl

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(in crate::arguments) const CHANGES_EXAMPLES: &str = "\
Tells what is new in the story of a case, what is told otherwise, and what was withdrawn, with the reason of each. The \
story that a case began with is not listed.

Examples:
  rapporteur changes talks.case                 what the last run changed
  rapporteur changes talks.case --since 3       what runs after the third changed
  rapporteur runs talks.case                    which runs there were

Exit codes: 0 done, 1 nothing changed, 2 failed.";

pub(in crate::arguments) const CHECK_EXAMPLES: &str = "\
Compares every row of a case with what was written. A case of 10,000 articles takes some seconds.

Examples:
  rapporteur check talks.case

Exit codes: 0 whole, 1 something is wrong, 2 it cannot be opened.";

pub(in crate::arguments) const PURGE_EXAMPLES: &str = "\
Takes an article out for good: its text, its bytes and what was found in it, in the tables, the index, the log and \
the free pages of the file. A gap stays with its id, which tells nothing of it, and keeps it from being read again. \
This cannot be undone, and copies of the file elsewhere keep what they have.

Examples:
  rapporteur purge talks.case blog --because \"withdrawn by the outlet\"

Exit codes: 0 done, 1 there is no such article, 2 failed.";

pub(in crate::arguments) const SERVE_EXAMPLES: &str = "\
Serves the case to a browser on this machine, until it is stopped with Ctrl-C; the address stands on standard error. All of it \
can be read without a script and done with keys (`?` lists them). Nobody but this machine can call it unless --listen says \
so; it asks no other host for anything.

Examples:
  rapporteur serve talks.case
  rapporteur serve new.case --port 0

Exit codes: 0 stopped, 2 failed.";

pub(in crate::arguments) const MCP_EXAMPLES: &str = "\
Speaks the Model Context Protocol on standard input and output, so that a client which runs a language model can ask the case: \
statements, positions, timeline, tensions, lineage, exact words by their place, and as much of it as fits a budget. It only \
reads, and asks no other host for anything. What articles say is marked as data that must not be followed; docs/MCP.md tells \
how to register it.

Examples:
  rapporteur mcp talks.case                     (a client starts it so)

Exit codes: 0 the client has gone, 2 failed.";
