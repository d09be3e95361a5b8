//! What a page of the book loads for a figure. This is the one place that names files of `theme`.

use timeline_figure::Assets;

/// The styles and scripts of figure and player, as `theme` has them.
pub(crate) const ASSETS: Assets = Assets {
    styles: &[
        include_str!("../../../theme/styles/figure.css"),
        include_str!("../../../theme/styles/player.css"),
    ],
    scripts: &[
        include_str!("../../../theme/scripts/format.js"),
        include_str!("../../../theme/scripts/dom.js"),
        include_str!("../../../theme/scripts/player.js"),
    ],
};
