//! The parts of the archive that are the same in every brief, or nearly so.

use super::super::Length;
use super::escaped;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

pub(super) const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>"#;

pub(super) const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

pub(super) const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/><Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>"#;

pub(super) const NUMBERING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="284" w:hanging="227"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="227"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

/// Names the separators of notes, which Word asks for.
pub(super) const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"#;

/// Title and maker; no dates, which a clock would have to tell.
pub(super) fn core(title: &str) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>Rapporteur</dc:creator>\
         <dc:language>en</dc:language></cp:coreProperties>",
        escaped(title)
    )
}

pub(super) fn document(body: &str) -> String {
    format!(
        "{DECLARATION}<w:document {NAMESPACES}><w:body>{body}<w:sectPr><w:footerReference w:type=\"default\" \
         r:id=\"rId5\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"850\" w:right=\"1134\" w:bottom=\"850\" \
         w:left=\"1134\" w:header=\"567\" w:footer=\"397\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

/// The title and the number of the page.
pub(super) fn footer(title: &str) -> String {
    let part = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:t \
         xml:space=\"preserve\">{}</w:t></w:r><w:r><w:tab/></w:r>{}<w:r><w:instrText xml:space=\"preserve\"> PAGE \
         </w:instrText></w:r>{}<w:r><w:t>1</w:t></w:r>{}</w:p></w:ftr>",
        escaped(title),
        part("begin"),
        part("separate"),
        part("end")
    )
}

/// The notes behind the lines that part them from the text.
pub(super) fn footnotes(notes: &str) -> String {
    let line = |kind: &str, id: u8, mark: &str| {
        format!(
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" \
             w:lineRule=\"auto\"/></w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>"
        )
    };
    let separators = line("separator", 0, "separator") + &line("continuationSeparator", 1, "continuationSeparator");
    format!("{DECLARATION}<w:footnotes {NAMESPACES}>{separators}{notes}</w:footnotes>")
}

/// The styles; a page is set smaller, so that it stays one.
pub(super) fn styles(length: Length) -> String {
    // Half points, and twentieths of a point between paragraphs.
    let (text, note, gap) = match length {
        Length::Page => (17, 13, 20),
        Length::Full => (20, 16, 60),
    };
    let table = text - 2;
    let paragraph = |id: &str, name: &str, properties: &str, runs: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn \
             w:val=\"Normal\"/><w:qFormat/><w:pPr>{properties}</w:pPr><w:rPr>{runs}</w:rPr></w:style>"
        )
    };
    let heading = |id: &str, name: &str, level: u8, before: u32, size: u32, rule: &str| {
        let properties = format!(
            "<w:keepNext/><w:keepLines/>{rule}<w:spacing w:before=\"{before}\" w:after=\"{gap}\"/><w:outlineLvl \
             w:val=\"{level}\"/>"
        );
        let runs = format!("<w:b/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn \
             w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr>{properties}</w:pPr><w:rPr>{runs}</w:rPr></w:style>"
        )
    };
    let character = |id: &str, name: &str, runs: &str| {
        format!(
            "<w:style w:type=\"character\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:rPr>{runs}</w:rPr></w:style>"
        )
    };
    let rule = "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"BFBFBF\"/></w:pBdr>";
    let bullet = |level: u8| {
        format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"{gap}\"/>")
    };
    let size = |size: u32| format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
    let line = |color: &str| format!("w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"{color}\"");
    let styles = [
        paragraph(
            "Title",
            "Title",
            &format!("<w:spacing w:after=\"{gap}\"/>"),
            "<w:b/><w:sz w:val=\"30\"/><w:szCs w:val=\"30\"/>",
        ),
        heading("Heading1", "heading 1", 0, gap * 4, text + 6, rule),
        heading("Heading2", "heading 2", 1, gap * 3, text + 2, ""),
        paragraph("ListBullet", "List Bullet", &bullet(0), ""),
        paragraph("ListBullet2", "List Bullet 2", &bullet(1), ""),
        paragraph(
            "Remark",
            "Remark",
            &format!("<w:spacing w:after=\"{gap}\"/>"),
            &format!("<w:color w:val=\"595959\"/>{}", size(table)),
        ),
        paragraph("TableText", "Table Text", "<w:spacing w:before=\"20\" w:after=\"20\"/>", &size(table)),
        paragraph(
            "AfterTable",
            "After Table",
            "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>",
            "<w:sz w:val=\"8\"/>",
        ),
        paragraph("FootnoteText", "footnote text", "<w:spacing w:after=\"0\"/>", &size(note)),
        paragraph(
            "Footer",
            "footer",
            "<w:tabs><w:tab w:val=\"right\" w:pos=\"9638\"/></w:tabs>",
            "<w:color w:val=\"595959\"/><w:sz w:val=\"14\"/><w:szCs w:val=\"14\"/>",
        ),
        character("FootnoteReference", "footnote reference", "<w:vertAlign w:val=\"superscript\"/>"),
        character("Strong", "Strong", "<w:b/><w:bCs/>"),
        character("Soft", "Soft", "<w:color w:val=\"595959\"/>"),
        character("Warning", "Warning", "<w:b/><w:color w:val=\"8A3B0B\"/>"),
        character("Words", "Words", ""),
        format!(
            "<w:style w:type=\"table\" w:styleId=\"BriefTable\"><w:name w:val=\"Brief Table\"/><w:tblPr><w:tblBorders>\
             <w:top {0}/><w:bottom {0}/><w:insideH {0}/></w:tblBorders><w:tblCellMar><w:left w:w=\"0\" \
             w:type=\"dxa\"/><w:right w:w=\"113\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
            line("BFBFBF")
        ),
    ];
    format!(
        "{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" \
         w:hAnsi=\"Calibri\" w:eastAsia=\"Calibri\" w:cs=\"Arial\"/>{}<w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name \
         w:val=\"Normal\"/><w:qFormat/></w:style><w:style w:type=\"table\" w:default=\"1\" \
         w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/></w:style>{}</w:styles>",
        size(text),
        styles.concat()
    )
}
