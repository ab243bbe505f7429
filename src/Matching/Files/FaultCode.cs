namespace Matching.Files;

/// <summary>The stable codes of <see cref="Fault.Code"/>.</summary>
public static class FaultCode
{
    /// <summary>The path names nothing.</summary>
    public const string NotFound = "not-found";

    /// <summary>The path cannot be read: no rights, a broken disk.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>A file that is not marked optional is not there.</summary>
    public const string MissingFile = "missing-file";

    /// <summary>A file holds no header line.</summary>
    public const string MissingHeader = "missing-header";

    /// <summary>A column that is not marked <c>?</c> is not there.</summary>
    public const string MissingColumn = "missing-column";

    /// <summary>A column is named twice.</summary>
    public const string ColumnTwice = "column-twice";

    /// <summary>A row has more or fewer cells than the header.</summary>
    public const string CellCount = "cell-count";

    /// <summary>A quote inside an unquoted cell, or text after a closing quote.</summary>
    public const string StrayQuote = "stray-quote";

    /// <summary>A quoted cell does not end: the file may be cut off.</summary>
    public const string UnterminatedQuote = "unterminated-quote";

    /// <summary>A control character other than tab or a quoted line break.</summary>
    public const string ControlCharacter = "control-character";

    /// <summary>A cell over 32,767 characters.</summary>
    public const string CellTooLong = "cell-too-long";

    /// <summary>Text that is not UTF-8.</summary>
    public const string NotUtf8 = "not-utf8";

    /// <summary>A cell that must hold something is empty.</summary>
    public const string EmptyCell = "empty-cell";

    /// <summary>Not a number as the contract writes them.</summary>
    public const string NotANumber = "not-a-number";

    /// <summary>A number that must be whole has a point.</summary>
    public const string NotWhole = "not-whole";

    /// <summary>A number outside its range.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>An amount of money with more than two decimals.</summary>
    public const string TooManyDecimals = "too-many-decimals";

    /// <summary>Not an ISO 8601 calendar day.</summary>
    public const string NotADate = "not-a-date";

    /// <summary>Not a time <c>HH:mm</c>.</summary>
    public const string NotATime = "not-a-time";

    /// <summary>Neither <c>true</c> nor <c>false</c>.</summary>
    public const string NotATruthValue = "not-a-truth-value";

    /// <summary>Not one of the words the column knows.</summary>
    public const string NotAChoice = "not-a-choice";

    /// <summary>An id that names nothing.</summary>
    public const string UnknownId = "unknown-id";

    /// <summary>A place of the wrong kind.</summary>
    public const string WrongKind = "wrong-kind";

    /// <summary>A key that stands twice.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A window whose first day comes after its last.</summary>
    public const string FromAfterTo = "from-after-to";

    /// <summary>A day outside the season.</summary>
    public const string OutsideSeason = "outside-season";

    /// <summary>A least number above its most.</summary>
    public const string MinOverMax = "min-over-max";

    /// <summary>A required number above its target, or a required value below the target value.</summary>
    public const string RequiredAndTarget = "required-and-target";

    /// <summary>Windows that may not overlap do.</summary>
    public const string Overlap = "overlap";

    /// <summary>A tree of places that runs in a circle.</summary>
    public const string Cycle = "cycle";

    /// <summary>A village, site or depot without coordinates.</summary>
    public const string NoCoordinates = "no-coordinates";

    /// <summary>A pair that names one worker twice.</summary>
    public const string SameWorker = "same-worker";

    /// <summary>A travel row of a place to itself that is not 0 and 0.</summary>
    public const string SelfTravel = "self-travel";

    /// <summary>An order at a place without a row in <c>sites.csv</c>.</summary>
    public const string NoSiteRow = "no-site-row";

    /// <summary>Text that is not JSON.</summary>
    public const string MalformedJson = "malformed-json";

    /// <summary>A key that stands twice in a JSON object or in the sheet <c>season</c>.</summary>
    public const string KeyTwice = "key-twice";

    /// <summary>A JSON value of the wrong type.</summary>
    public const string WrongType = "wrong-type";

    /// <summary>A key without a default is not there.</summary>
    public const string MissingKey = "missing-key";

    /// <summary>A season of more than 3,660 days.</summary>
    public const string SeasonTooLong = "season-too-long";

    /// <summary>An Excel error such as <c>#N/A</c> instead of a value.</summary>
    public const string ExcelError = "excel-error";

    /// <summary>Neither a folder, a zip nor an Excel workbook.</summary>
    public const string UnknownContainer = "unknown-container";

    /// <summary>A zip or workbook that is damaged.</summary>
    public const string DamagedContainer = "damaged-container";

    /// <summary>A zip entry that climbs out of the zip: <c>..</c>, an absolute path, a link.</summary>
    public const string EntryClimbsOut = "entry-climbs-out";

    /// <summary>A zip entry that stands twice.</summary>
    public const string EntryTwice = "entry-twice";

    /// <summary>Content that inflates beyond sane limits.</summary>
    public const string TooLarge = "too-large";

    /// <summary>More than one folder in a zip holds the files.</summary>
    public const string SeveralFolders = "several-folders";

    /// <summary>Rows of one stop that name different places or times.</summary>
    public const string StopDiffers = "stop-differs";

    /// <summary>Counts the faults of a file beyond the first 1,000.</summary>
    public const string MoreFaults = "more-faults";
}
