//! A request: sixteen small fields, as a program has them that knows its own words.

use serde::{Deserialize, Serialize};

/// An enumeration whose values have names in JSON.
macro_rules! words {
    ($(#[doc = $what:literal] $name:ident { $($value:ident = $word:literal),* $(,)? })*) => { $(
        #[doc = $what]
        #[allow(missing_docs, reason = "each value is its word")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum $name { $(#[serde(rename = $word)] $value),* }

        impl $name {
            /// All values, in order.
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            /// The word for it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$value => $word),* }
            }

            /// The value that a word means.
            pub fn of(word: &[u8]) -> Option<Self> {
                $(if word == $word.as_bytes() { return Some(Self::$value); })*
                None
            }
        }
    )* };
}

words! {
    /// Who asks.
    Group { Staff = "staff", Pupil = "pupil" }
    /// What is done.
    Action {
        PhoneInSchool = "phone-in-school",
        PhoneInLesson = "phone-in-lesson",
        PhoneSocialTime = "phone-social-time",
        PhotoMobileCamera = "photo-mobile-camera",
        HandheldDevice = "handheld-device",
        PersonalEmail = "personal-email",
        SchoolEmailPersonal = "school-email-personal",
        PersonalDeviceSocialMedia = "personal-device-social-media",
        VideoChat = "video-chat",
        WirelessBluetooth = "wireless-bluetooth",
        PersonalPhoneCallContact = "personal-phone-call-contact",
        StoreContactDetails = "store-contact-details",
        ContactFamily = "contact-family",
        Livestream = "livestream",
        PhotographPupil = "photograph-pupil",
        InstallSoftware = "install-software",
        Purchase = "purchase",
        PersonalDataOffsite = "personal-data-offsite",
        FriendRequest = "friend-request",
        Gambling = "gambling",
        PrivateInternet = "private-internet",
        Print = "print",
    }
    /// Whose device it is done with.
    Device { School = "school", Personal = "personal" }
    /// Who is at the other end.
    Target {
        None = "none",
        Pupil = "pupil",
        Parent = "parent",
        ExPupil = "ex-pupil",
        Colleague = "colleague",
    }
    /// Which way it goes.
    Channel { Call = "call", Message = "message", Video = "video", Post = "post" }
    /// The part of the day.
    Period {
        Lesson = "lesson",
        Break = "break",
        Lunch = "lunch",
        BeforeSchool = "before-school",
        AfterSchool = "after-school",
        Evening = "evening",
    }
    /// Where it is done.
    Location {
        Classroom = "classroom",
        Corridor = "corridor",
        Playground = "playground",
        ChangingRoom = "changing-room",
        Toilet = "toilet",
        Offsite = "offsite",
    }
    /// Whose approval can be had.
    Approver {
        Staff = "staff",
        Headteacher = "headteacher",
        Dsl = "dsl",
        HeadOfIt = "head-of-it",
        CentralIt = "central-it",
        GoverningBody = "governing-body",
    }
}

/// A request, everything in it known.
#[allow(missing_docs, reason = "each field is what its type or its name says")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// The day as a number, such as 20200323.
    pub date: u32,
    /// The minute of the day.
    pub minute: u16,
    /// The age of whoever is at the other end.
    pub age: u8,
    /// One bit for each approver, in the order of [`Approver`].
    pub approvals: u8,
    pub group: Group,
    pub action: Action,
    pub device: Device,
    pub target: Target,
    pub channel: Channel,
    pub period: Period,
    pub location: Location,
    pub selected: bool,
    pub consent: bool,
    pub unavoidable: bool,
    pub number_withheld: bool,
    pub equal_setting: bool,
}

impl Request {
    /// Whether this approver has approved.
    #[inline(always)]
    pub fn has(&self, approver: Approver) -> bool {
        self.approvals >> (approver as u8) & 1 == 1
    }

    /// Everybody who has approved.
    pub fn approvers(&self) -> impl Iterator<Item = Approver> + '_ {
        Approver::ALL.iter().copied().filter(|approver| self.has(*approver))
    }
}
