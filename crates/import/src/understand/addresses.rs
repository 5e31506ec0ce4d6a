//! Web sites and domains of a startup: which of the addresses of a row are its own.

use domain::text::registrable_domain;
use serde_json::Value;

use super::Understood;
use crate::{
    saying::Saying,
    value::{
        link,
        list::items,
        web::{self, address, identifying_domain, product_domain},
    },
};

impl Understood {
    pub(super) fn add_domain(&mut self, domain: Option<String>) {
        if let Some(domain) = domain.filter(|domain| !self.said.domains.contains(domain)) {
            self.said.domains.push(domain);
        }
    }

    pub(super) fn domains(&mut self, column: &str, value: &Value) {
        for item in items(value).into_iter().filter(|item| !web::is_flag(item)) {
            if registrable_domain(&item).is_none() {
                self.wrong(column, &item, Saying::NotADomain(item.clone()));
            }
            self.add_domain(identifying_domain(&item));
        }
    }

    pub(super) fn website(&mut self, column: &str, text: &str, domain_of: fn(&str) -> Option<String>) {
        let linked = link::pieces(text).into_iter().find_map(|piece| piece.url);
        match address(linked.unwrap_or(text)) {
            Ok(None) => {}
            Ok(Some(url)) => {
                self.add_domain(domain_of(&url));
                if self.said.website.is_none() {
                    self.said.website = Some(url);
                }
            }
            Err(saying) => self.wrong(column, text, saying),
        }
    }

    /// The address of the row's product; whether it is its own is seen when the names are known.
    pub(super) fn product_url(&mut self, column: &str, text: &str) {
        let before = self.said.website.is_some();
        self.website(column, text, |_| None);
        if !before {
            self.product_url.clone_from(&self.said.website);
        }
    }

    /// Which addresses and domains are the startup's own, now that its names are known.
    pub(super) fn finish_domains(&mut self) {
        let aliases = self.said.aliases.iter().map(|alias| alias.name.as_str());
        let names: Vec<&str> = self.said.name.as_deref().into_iter().chain(aliases).collect();
        let of_product = self
            .product_url
            .take()
            .and_then(|url| web::own_domain(&url, names.iter().copied()));
        // Where the row was found is its own site only where the domain is like a name.
        let source = self.source_url.take().and_then(|url| {
            let domain = product_domain(&url)?;
            names
                .iter()
                .any(|name| web::domain_is_like(&domain, name))
                .then_some((url, domain))
        });
        self.add_domain(of_product);
        if let Some((url, domain)) = source {
            self.add_domain(Some(domain));
            self.said.website.get_or_insert(url);
        }
        // Of two organisations nobody knows whose it is.
        if self.names_two {
            self.said.domains.clear();
        }
    }
}
