#pragma once

/// Marks what the shared library exports; everything else is hidden.
#define LIMIER_EXPORT __attribute__((visibility("default")))
