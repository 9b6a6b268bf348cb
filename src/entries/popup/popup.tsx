// The popup page.
