//! What a page of the book loads for a figure. This is the one place that names files of `theme`.

use timeline_figure::Assets;

/// The styles and scripts of figure and player, as `theme` has them.
pub(crate) const ASSETS: Assets = Assets {
    styles: &[include_str!("../../../theme/clock.css")],
    scripts: &[include_str!("../../../theme/clock.js")],
};
